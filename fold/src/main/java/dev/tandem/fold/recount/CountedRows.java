package dev.tandem.fold.recount;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.WindowBounds;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.group.Groups;
import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was counted for each row in both modes: groups, the records of sessions, and why the modes part. What several recounts have
 * written of the rows of one part makes that part's rows, whole.
 */
final class CountedRows implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int BATCH = 0;
    private static final int STREAM = 1;
    private static final int SESSION = 2;
    private static final int DEVIATION = 3;

    /** Where rows are written: each to its part. */
    record Parted(RowParts parts, PartWriter writer) {}

    private final FoldPlan plan;
    final List<Groups> batch;
    final List<Groups> stream;
    final Map<Integer, SessionCount> sessions = new TreeMap<>();
    final Deviations deviations = new Deviations();

    CountedRows(FoldPlan plan) {
        this.plan = plan;
        this.batch = Groups.ofAllViews(plan);
        this.stream = Groups.ofAllViews(plan);
        for (int view = 0; view < batch.size(); view++) {
            if (plan.gapMicros(view) > 0) {
                sessions.put(view, new SessionCount(view, plan.gapMicros(view)));
            }
        }
    }

    private CountedRows(FoldPlan plan, List<Groups> batch, List<Groups> stream) {
        this.plan = plan;
        this.batch = batch;
        this.stream = stream;
    }

    void merge(CountedRows other) {
        for (int view = 0; view < batch.size(); view++) {
            batch.get(view).merge(other.batch.get(view));
            stream.get(view).merge(other.stream.get(view));
        }
        other.sessions.forEach((view, its) -> sessions.computeIfPresent(view, (it, mine) -> mine.with(its)));
        deviations.merge(other.deviations);
    }

    /** With the sessions that the records make as groups of their views. */
    CountedRows resolved() {
        if (sessions.isEmpty()) {
            return this;
        }
        var made = new CountedRows(plan, new ArrayList<>(batch), new ArrayList<>(stream));
        made.deviations.merge(deviations);
        sessions.forEach((view, its) -> {
            var arguments = plan.arguments().get(view);
            made.batch.set(view, new Groups(arguments));
            made.stream.set(view, new Groups(arguments));
            its.resolve(made.batch.get(view), made.stream.get(view), made.deviations);
        });
        return made;
    }

    /** Writes everything to the parts of the rows, and forgets it. */
    void drain(Parted to) {
        for (int view = 0; view < batch.size(); view++) {
            write(BATCH, view, batch.get(view), to);
            write(STREAM, view, stream.get(view), to);
        }
        sessions.forEach((view, its) -> its.drain(key -> {
            var out = to.writer().next(to.parts().of(plan.grouped().get(view), Span.ALL, key));
            out.writeByte(SESSION);
            out.writeByte(view);
            return out;
        }));
        deviations.drain((row, kinds) -> {
            int part = to.parts().of(plan.grouped().get(row.view()), row.window(), row.key());
            write(row, kinds, DEVIATION, to.writer().next(part));
        });
    }

    private void write(int kind, int view, Groups groups, Parted to) {
        var shape = plan.grouped().get(view);
        groups.forEach((window, its) -> its.forEach((key, group) -> {
            var out = to.writer().next(to.parts().of(shape, window, key));
            write(new RowKey(view, window, key), kind, out);
            group.write(out);
        }));
        groups.clear();
    }

    /** Writes what deviates in each row, and before that the number of these rows. */
    void writeDeviations(BlockWriter out) {
        out.writeInt(deviations.rows());
        deviations.forEach((row, kinds) -> {
            write(row, out);
            Deviations.write(kinds, out);
        });
    }

    private static void write(RowKey row, int kind, BlockWriter out) {
        out.writeByte(kind);
        write(row, out);
    }

    private static void write(RowKey row, BlockWriter out) {
        out.writeByte(row.view());
        out.writeLong(WindowBounds.start(row.window()));
        out.writeLong(Watermarks.endMicros(row.window()));
        out.sizedValues(row.key());
    }

    private static RowKey row(BlockReader in) {
        return new RowKey(in.readByte(), WindowBounds.span(in.readLong(), in.readLong()), in.sizedValues());
    }

    static void write(RowKey row, Map<Recount.Deviation, Recount.Deviants> kinds, int kind, BlockWriter out) {
        write(row, kind, out);
        Deviations.write(kinds, out);
    }

    /** Takes in what {@link #drain} wrote to one part. */
    void take(BlockReader in) {
        while (in.hasMore()) {
            switch (in.readByte()) {
                case BATCH -> merge(in, batch);
                case STREAM -> merge(in, stream);
                case SESSION -> session(in);
                case DEVIATION -> deviation(in, deviations::note);
                default ->
                    throw new IllegalStateException("Cannot read a part of the recount at byte %d: the block is damaged"
                            .formatted(in.position() - 1));
            }
        }
    }

    private void session(BlockReader in) {
        var its = sessions.get((int) in.readByte());
        if (its == null) {
            throw new IllegalStateException(
                    "Cannot read a part of the recount: it has a session of a view without them");
        }
        its.take(in);
    }

    /** Takes what deviates in a row. */
    interface Noting {
        void note(RowKey row, Recount.Deviation kind, Recount.Deviants deviants);
    }

    /** Reads what {@link #write} wrote of a deviating row, behind its kind. */
    static void deviation(BlockReader in, Noting into) {
        var row = row(in);
        Deviations.read(in).forEach((kind, deviants) -> into.note(row, kind, deviants));
    }

    private static void merge(BlockReader in, List<Groups> into) {
        var row = row(in);
        into.get(row.view()).group(row.window(), row.key()).mergePacked(in);
    }

    /** The number of a grouped view; -1 where there is none of that name. */
    /** Why a row of a grouped view differs; empty if no record deviates. */
    Map<Recount.Deviation, Recount.Deviants> deviations(String view, Span window, List<@Nullable Object> key) {
        int number = plan.number(view);
        return number < 0 ? Map.of() : deviations.of(new RowKey(number, window, key));
    }
}
