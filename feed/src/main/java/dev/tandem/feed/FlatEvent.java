package dev.tandem.feed;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * An event whose message is a flat list of values, written as a JSON object or as a CSV row.
 *
 * @param cells in the order of the model's columns
 * @param wrong for each of the model's own faults what stands instead in which column
 * @param again what a later copy says otherwise
 */
record FlatEvent(
        FlatModel model,
        String id,
        Instant time,
        Fault fault,
        List<Cell> cells,
        Map<Fault, Change> wrong,
        List<Change> again)
        implements Event {

    private static final JsonFactory JSON = new JsonFactory();

    /** Another value in one column. */
    record Change(String column, Cell cell) {}

    FlatEvent(FlatModel model, String id, Instant time, Fault fault, List<Cell> cells) {
        this(model, id, time, fault, cells, Map.of(), List.of());
    }

    FlatEvent {
        cells = List.copyOf(cells);
        wrong = Map.copyOf(wrong);
        again = List.copyOf(again);
    }

    @Override
    public byte[] message() {
        return written(model, cells);
    }

    @Override
    public byte[] messageWithoutId() {
        return with(new Change(model.id(), model.missing()));
    }

    @Override
    public byte[] messageDated(Instant other) {
        return with(new Change(model.time(), Cell.text(model.written().apply(other))));
    }

    @Override
    public byte[] messageMistyped() {
        return with(new Change(model.mistyped(), Cell.text("many")));
    }

    @Override
    public byte[] messageAgain() {
        return again.isEmpty() ? message() : with(again.get(0));
    }

    @Override
    public byte[] messageWith(Fault own) {
        var change = wrong.get(own);
        return change == null ? Event.super.messageWith(own) : with(change);
    }

    private byte[] with(Change change) {
        var changed = new ArrayList<>(cells);
        changed.set(model.columns().indexOf(change.column()), change.cell());
        return written(model, changed);
    }

    static byte[] written(FlatModel model, List<Cell> cells) {
        return model.form() == MessageForm.CSV ? row(cells) : json(model.columns(), cells);
    }

    /** A missing value as nothing at all: the quoted nothing that a CSV library may write is an empty text to many readers. */
    static byte[] row(List<Cell> cells) {
        @Nullable Object[] values = new @Nullable Object[cells.size()];
        for (var at = 0; at < values.length; at++) {
            values[at] = cells.get(at).text().isEmpty() ? null : cells.get(at).text();
        }
        return CSVFormat.DEFAULT.format(values).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] json(List<String> columns, List<Cell> cells) {
        var bytes = new ByteArrayOutputStream(256);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (var at = 0; at < cells.size(); at++) {
                var cell = cells.get(at);
                json.writeFieldName(columns.get(at));
                switch (cell.kind()) {
                    case TEXT -> json.writeString(cell.text());
                    case NUMBER -> json.writeNumber(cell.text());
                    case NOTHING -> json.writeNull();
                    case NAN -> json.writeRawValue("NaN");
                }
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
