package dev.tandem.fold.session;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sessions that a stream made of one key, worked out the slow and obvious way from what came in which micro-batch. */
public final class SessionReplay {
    /**
     * A point that came, or the taking back of one.
     *
     * @param by the record that caused it
     * @param added absent where the point of the record at {@code takenBack} is taken back
     */
    public record Entry(
            long microBatch,
            Watermarks then,
            Coordinates by,
            @Nullable Point added,
            @Nullable Coordinates takenBack) implements Serializable {
        static final Comparator<Entry> AS_LANDED =
                Comparator.comparingLong(Entry::microBatch).thenComparing(Entry::by);

        public void write(BlockWriter out) {
            out.writeLong(microBatch);
            out.writeLong(then.late());
            out.writeLong(then.close());
            by.write(out);
            out.writeBoolean(added != null);
            if (added != null) {
                added.write(out);
            }
            out.writeBoolean(takenBack != null);
            if (takenBack != null) {
                takenBack.write(out);
            }
        }

        public static Entry read(BlockReader in) {
            return new Entry(
                    in.readLong(),
                    new Watermarks(in.readLong(), in.readLong()),
                    Coordinates.read(in),
                    in.readBoolean() ? Point.read(in) : null,
                    in.readBoolean() ? Coordinates.read(in) : null);
        }
    }

    private final long gapMicros;
    private List<List<Point>> open = new ArrayList<>();
    private final List<List<Point>> closed = new ArrayList<>();
    private final Set<Coordinates> refused = new HashSet<>();
    private final Set<Coordinates> apart = new HashSet<>();
    private final Set<Coordinates> kept = new HashSet<>();

    public SessionReplay(List<Entry> entries, long gapMicros) {
        this.gapMicros = gapMicros;
        var sorted = new ArrayList<>(entries);
        sorted.sort(Entry.AS_LANDED);
        long microBatch = Long.MIN_VALUE;
        for (var entry : sorted) {
            if (entry.microBatch() != microBatch) {
                microBatch = entry.microBatch();
                close(entry.then());
            }
            if (entry.added() != null) {
                add(entry.added(), entry.then());
            } else if (entry.takenBack() != null) {
                takeBack(entry.takenBack());
            }
        }
    }

    private void close(Watermarks then) {
        var still = new ArrayList<List<Point>>();
        for (var session : open) {
            (then.refuses(Point.window(session, gapMicros)) ? closed : still).add(session);
        }
        open = still;
    }

    private void add(Point point, Watermarks then) {
        var own = Point.window(List.of(point), gapMicros);
        if (then.refuses(own)) {
            refused.add(point.at());
            return;
        }
        if (closed.stream().anyMatch(session -> meets(Point.window(session, gapMicros), own))) {
            apart.add(point.at());
        }
        var points = new ArrayList<Point>();
        open.forEach(points::addAll);
        points.add(point);
        open = Point.sessions(points, gapMicros);
    }

    private void takeBack(Coordinates at) {
        var points = new ArrayList<Point>();
        open.forEach(points::addAll);
        if (points.removeIf(point -> point.at().equals(at))) {
            open = Point.sessions(points, gapMicros);
        } else {
            kept.add(at);
        }
    }

    public static boolean meets(Span left, Span right) {
        return Instants.micros(left.start()) < Instants.micros(right.end())
                && Instants.micros(right.start()) < Instants.micros(left.end());
    }

    /** Each with its points in the order of time. */
    public List<List<Point>> sessions() {
        var all = new ArrayList<>(closed);
        all.addAll(open);
        return all;
    }

    public boolean refused(Coordinates at) {
        return refused.contains(at);
    }

    /** Whether the record could not be taken back because its session had closed. */
    public boolean kept(Coordinates at) {
        return kept.contains(at);
    }

    /** Whether the record continues a session that had closed. */
    public boolean apart(Coordinates at) {
        return apart.contains(at);
    }
}
