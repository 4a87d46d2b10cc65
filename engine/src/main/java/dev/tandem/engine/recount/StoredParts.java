package dev.tandem.engine.recount;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.recount.PartWriter;
import dev.tandem.fold.recount.RowParts;
import dev.tandem.model.Instants;
import dev.tandem.model.Mode;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The stored rows of both modes, each written to the part in which the recount makes it again. */
final class StoredParts implements AutoCloseable {
    private final List<Shape> views;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Boolean> ranked;
    private final PartFiles ofRows;
    private final PartFiles ofRanks;

    /** For the stored ones of the plan's {@code views}; {@code files} are for the rows of grouped views and of top views. */
    StoredParts(FoldPlan plan, List<Shape> views, PartFiles ofRows, PartFiles ofRanks) {
        this.views = views;
        this.ofRows = ofRows;
        this.ofRanks = ofRanks;
        var tops = plan.tops().stream().map(it -> it.view().name()).collect(Collectors.toSet());
        ranked = views.stream().map(it -> tops.contains(it.name())).toList();
        for (int view = 0; view < views.size(); view++) {
            numbers.put(views.get(view).name(), view);
        }
    }

    /** Parts by window of a top view. */
    int partsOfRanks() {
        return ofRanks.parts();
    }

    /** Reads all rows of a mode from its tables. */
    void take(Mode mode, StoredRows stored) {
        var rows = new PartWriter(ofRows.parts(), ofRows);
        var ranks = new PartWriter(ofRanks.parts(), ofRanks);
        for (int view = 0; view < views.size(); view++) {
            int number = view;
            var parts = new RowParts(ranked.get(view) ? ofRanks.parts() : ofRows.parts());
            stored.read(views.get(view), mode, row -> {
                var out = ranked.get(number)
                        ? ranks.next(parts.ofRanks(row.view(), row.window()))
                        : rows.next(parts.of(views.get(number), row.window(), row.key()));
                out.writeBoolean(mode == Mode.STREAM);
                out.writeByte(number);
                boolean cut = !row.window().equals(Span.ALL);
                out.writeBoolean(cut);
                if (cut) {
                    out.writeLong(Instants.micros(row.window().start()));
                    out.writeLong(Instants.micros(row.window().end()));
                }
                out.sizedValues(row.key());
                out.sizedValues(row.measures());
                out.writeLong(row.events());
            });
        }
        rows.flush();
        ranks.flush();
    }

    /** The stored rows of both modes in a part. */
    record Both(List<ResultRow> stream, List<ResultRow> batch) {}

    /** The stored rows of a part of grouped views. */
    Both ofRows(int part) {
        return read(ofRows, part);
    }

    /** The same for a part of top views. */
    Both ofRanks(int part) {
        return read(ofRanks, part);
    }

    private Both read(PartFiles files, int part) {
        var both = new Both(new ArrayList<>(), new ArrayList<>());
        files.readers(part, in -> {
            while (in.hasMore()) {
                (in.readBoolean() ? both.stream() : both.batch()).add(row(in));
            }
        });
        return both;
    }

    private ResultRow row(BlockReader in) {
        var view = views.get(in.readByte()).name();
        var window = in.readBoolean()
                ? new Span(Instants.ofMicros(in.readLong()), Instants.ofMicros(in.readLong()))
                : Span.ALL;
        return new ResultRow(
                view, window, in.sizedValues(), in.sizedValues(), ResultRow.Status.CLOSED, 1, in.readLong());
    }

    @Override
    public void close() {
        ofRows.close();
        ofRanks.close();
    }
}
