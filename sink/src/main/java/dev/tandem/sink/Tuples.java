package dev.tandem.sink;

import static dev.tandem.sink.Content.WINDOW_END;
import static dev.tandem.sink.Content.WINDOW_START;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fold gives, as sinks take it. The one place that knows both, so that a sink knows neither windows nor fates. */
public final class Tuples {
    private Tuples() {}

    public static Content ofView(Shape shape) {
        var columns = new ArrayList<Shape.Column>();
        if (shape.windowed()) {
            columns.add(new Shape.Column(WINDOW_START, new FieldType.Timestamp()));
            columns.add(new Shape.Column(WINDOW_END, new FieldType.Timestamp()));
        }
        columns.addAll(shape.keys());
        int keys = columns.size();
        columns.addAll(shape.measures());
        return new Content(shape.name(), Content.Kind.VIEW, columns, keys);
    }

    public static Tuple of(ResultRow row) {
        var values = windowAndKey(row.window(), row.key());
        values.addAll(row.measures());
        var state = row.status() == ResultRow.Status.OPEN ? Tuple.State.OPEN : Tuple.State.FINAL;
        return new Tuple(row.rowKey(), values, state, row.revision(), row.events());
    }

    /** {@code content} is that of the view. A row that is none any more counts no events, and nobody knows its revision: 0. */
    public static Tuple gone(ResultRow.Id gone, Content content) {
        var values = windowAndKey(gone.window(), gone.key());
        while (values.size() < content.columns().size()) {
            values.add(null);
        }
        return new Tuple(gone.rowKey(), values, Tuple.State.GONE, 0, 0);
    }

    private static List<@Nullable Object> windowAndKey(Span window, List<@Nullable Object> key) {
        var values = new ArrayList<@Nullable Object>();
        if (!window.equals(Span.ALL)) {
            values.add(window.start());
            values.add(window.end());
        }
        values.addAll(key);
        return values;
    }

    public static Content ofRecords(String name, List<Shape.Column> fields) {
        return new Content(name, Content.Kind.RECORDS, fields, 0);
    }

    /** A record that passed the steps, or that one of them led out; it is told apart by where it stands in the log. */
    public static Tuple ofRecord(Prepared record) {
        return record(record, record.fields());
    }

    /** Where a refused record stood, when it came, what was wrong, and what it was. */
    public static Content ofQuarantine() {
        return ofRecords(
                "quarantine",
                List.of(
                        new Shape.Column("partition", new FieldType.Whole(32)),
                        new Shape.Column("position", FieldType.LONG),
                        new Shape.Column("arrived_at", new FieldType.Timestamp()),
                        new Shape.Column("reason", FieldType.TEXT),
                        new Shape.Column("detail", FieldType.TEXT),
                        new Shape.Column("raw", FieldType.TEXT)));
    }

    /** Bytes that are no UTF-8 stand as {@code \xNN}; the database's quarantine has the bytes themselves. */
    public static Tuple ofQuarantined(Prepared record) {
        var rejection = record.rejection()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot put record %s into quarantine: no rule refused it".formatted(record.at())));
        var values = new ArrayList<@Nullable Object>();
        values.add((long) record.at().partition());
        values.add(record.at().position());
        values.add(Instants.ofMicros(Math.multiplyExact(record.arrivedMillis(), 1_000L)));
        values.add(rejection.reason());
        values.add(rejection.detail());
        values.add(text(record.raw().bytes()));
        return record(record, values);
    }

    private static Tuple record(Prepared record, List<@Nullable Object> values) {
        return new Tuple(identity(record.at()), values, Tuple.State.FINAL, 1, 1);
    }

    private static Identity identity(Coordinates at) {
        return Identity.of(List.of(at.partition(), at.position()));
    }

    private static String text(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        var text = new StringBuilder(bytes.length);
        while (true) {
            var result = decoder.decode(in, out, true);
            text.append(out.flip());
            out.clear();
            if (result.isUnderflow()) {
                return text.toString();
            }
            for (int index = 0; index < result.length(); index++) {
                text.append("\\x%02X".formatted(in.get()));
            }
            decoder.reset();
        }
    }
}
