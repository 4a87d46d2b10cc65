package dev.tandem.fold.session;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a record gives to one key of a session view. */
public record Point(long eventMicros, Coordinates at, List<@Nullable Object> arguments) implements Serializable {
    private static final Comparator<Point> IN_TIME =
            Comparator.comparingLong(Point::eventMicros).thenComparing(Point::at);

    long endMicros(long gapMicros) {
        return eventMicros + gapMicros;
    }

    public void write(BlockWriter out) {
        out.writeLong(eventMicros);
        at.write(out);
        out.sizedValues(arguments);
    }

    public static Point read(BlockReader in) {
        return new Point(in.readLong(), Coordinates.read(in), in.sizedValues());
    }

    /** The sessions that {@code points} of one key make, earliest first, each with its points in the order of time. */
    public static List<List<Point>> sessions(List<Point> points, long gapMicros) {
        var sorted = new ArrayList<>(points);
        sorted.sort(IN_TIME);
        var sessions = new ArrayList<List<Point>>();
        long end = Long.MIN_VALUE;
        for (var point : sorted) {
            if (sessions.isEmpty() || point.eventMicros() >= end) {
                sessions.add(new ArrayList<>());
            }
            sessions.get(sessions.size() - 1).add(point);
            end = point.endMicros(gapMicros);
        }
        return sessions;
    }

    /** The window of a session whose points are in the order of time. */
    public static Span window(List<Point> session, long gapMicros) {
        return new Span(
                Instants.ofMicros(session.get(0).eventMicros()),
                Instants.ofMicros(session.get(session.size() - 1).endMicros(gapMicros)));
    }
}
