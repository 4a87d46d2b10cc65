package dev.tandem.fold.recount;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.group.Groups;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.fold.session.Point;
import dev.tandem.fold.session.SessionReplay;
import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The points of one session view, by key. One session's points may be counted in different parts of the log, so sessions are made
 * when all parts have come together.
 */
final class SessionCount implements Serializable {
    private static final long serialVersionUID = 1L;

    private record Session(boolean batch, Span window, List<Point> points) {}

    private final int view;
    private final long gapMicros;
    private final Map<List<@Nullable Object>, List<Point>> batch = new HashMap<>();
    private final Map<List<@Nullable Object>, List<SessionReplay.Entry>> stream = new HashMap<>();

    SessionCount(int view, long gapMicros) {
        this.view = view;
        this.gapMicros = gapMicros;
    }

    void count(List<@Nullable Object> key, Point point) {
        batch.computeIfAbsent(key, it -> new ArrayList<>()).add(point);
    }

    void stream(List<@Nullable Object> key, SessionReplay.Entry entry) {
        stream.computeIfAbsent(key, it -> new ArrayList<>()).add(entry);
    }

    /** Writes all points, each behind what {@code begin} gives for its key and the key itself, and forgets them. */
    void drain(Function<List<@Nullable Object>, BlockWriter> begin) {
        batch.forEach((key, points) -> points.forEach(point -> {
            var out = begin.apply(key);
            out.sizedValues(key);
            out.writeBoolean(true);
            point.write(out);
        }));
        stream.forEach((key, entries) -> entries.forEach(entry -> {
            var out = begin.apply(key);
            out.sizedValues(key);
            out.writeBoolean(false);
            entry.write(out);
        }));
        batch.clear();
        stream.clear();
    }

    /** Takes in a key and its point that {@link #drain} wrote. */
    void take(BlockReader in) {
        var key = in.sizedValues();
        if (in.readBoolean()) {
            count(key, Point.read(in));
        } else {
            stream(key, SessionReplay.Entry.read(in));
        }
    }

    SessionCount with(SessionCount other) {
        other.batch.forEach((key, points) ->
                batch.computeIfAbsent(key, it -> new ArrayList<>()).addAll(points));
        other.stream.forEach((key, entries) ->
                stream.computeIfAbsent(key, it -> new ArrayList<>()).addAll(entries));
        return this;
    }

    /** Tells each of the batch's sessions to {@code action}. */
    void forEachOfBatch(BiConsumer<Span, List<Point>> action) {
        batch.values()
                .forEach(points -> Point.sessions(points, gapMicros)
                        .forEach(session -> action.accept(Point.window(session, gapMicros), session)));
    }

    /** Makes the sessions of both modes, and notes why those that differ do. */
    void resolve(Groups ofBatch, Groups ofStream, Deviations deviations) {
        var keys = new HashSet<>(batch.keySet());
        keys.addAll(stream.keySet());
        for (var key : keys) {
            var replay = new SessionReplay(stream.getOrDefault(key, List.of()), gapMicros);
            var all = new ArrayList<Session>();
            for (var points : Point.sessions(batch.getOrDefault(key, List.of()), gapMicros)) {
                all.add(session(true, points, key, ofBatch));
            }
            for (var points : replay.sessions()) {
                all.add(session(false, points, key, ofStream));
            }
            if (!stream.isEmpty()) {
                compare(key, all, replay, deviations);
            }
        }
    }

    /** Tells {@code log} of each record in each session of a mode. */
    void tell(PartLog log) {
        var keys = new HashSet<>(batch.keySet());
        keys.addAll(stream.keySet());
        for (var key : keys) {
            var replay = new SessionReplay(stream.getOrDefault(key, List.of()), gapMicros);
            var counted = byWindow(Point.sessions(batch.getOrDefault(key, List.of()), gapMicros));
            var streamed = byWindow(replay.sessions());
            var modes = new Modes(records(counted), records(streamed), replay);
            var windows = new TreeSet<>(counted.keySet());
            windows.addAll(streamed.keySet());
            for (var window : windows) {
                var row = new RowKey(view, window, key);
                var ofBatch = counted.getOrDefault(window, List.of());
                var ofStream = streamed.getOrDefault(window, List.of());
                var inBatch = new HashSet<>(ofBatch);
                var inStream = new HashSet<>(ofStream);
                ofBatch.forEach(
                        point -> log.take(piece(row, point), modes.share(point, true, inStream.contains(point))));
                ofStream.stream()
                        .filter(point -> !inBatch.contains(point))
                        .forEach(point -> log.take(piece(row, point), modes.share(point, false, true)));
            }
        }
    }

    private Map<Span, List<Point>> byWindow(List<List<Point>> sessions) {
        var byWindow = new TreeMap<Span, List<Point>>();
        sessions.forEach(points -> byWindow.put(Point.window(points, gapMicros), points));
        return byWindow;
    }

    private static Set<Coordinates> records(Map<Span, List<Point>> sessions) {
        var records = new HashSet<Coordinates>();
        sessions.values().forEach(points -> points.forEach(point -> records.add(point.at())));
        return records;
    }

    private static PartLog.Piece piece(RowKey row, Point point) {
        return new PartLog.Piece(row, point.at(), point.eventMicros(), point.arguments());
    }

    /** Which records of a key each mode counts in any session. */
    private record Modes(Set<Coordinates> counted, Set<Coordinates> streamed, SessionReplay replay) {
        PartLog.Share share(Point point, boolean inBatch, boolean inStream) {
            return PartLog.Share.of(inBatch, inStream, why(point.at()));
        }

        private Deviation why(Coordinates at) {
            if (counted.contains(at) && streamed.contains(at)) {
                return Deviation.SESSION_BRIDGE;
            }
            if (counted.contains(at)) {
                return replay.refused(at) ? Deviation.LATE : Deviation.DUP_CHOICE;
            }
            return replay.kept(at) ? Deviation.DUP_CHOICE : Deviation.DUP_HORIZON;
        }
    }

    private Session session(boolean isBatch, List<Point> points, List<@Nullable Object> key, Groups groups) {
        var window = Point.window(points, gapMicros);
        var group = groups.group(window, key);
        points.forEach(point -> group.add(point.arguments(), point.eventMicros(), point.at()));
        return new Session(isBatch, window, points);
    }

    /** Sessions of both modes that overlap are held against each other together: what parts one of them may part its neighbours. */
    private void compare(List<@Nullable Object> key, List<Session> all, SessionReplay replay, Deviations deviations) {
        all.sort(Comparator.comparing(it -> it.window().start()));
        var cluster = new ArrayList<Session>();
        var end = Span.ALL.start();
        for (var session : all) {
            if (!session.window().start().isBefore(end)) {
                explain(key, cluster, replay, deviations);
                cluster.clear();
            }
            cluster.add(session);
            end = session.window().end().isAfter(end) ? session.window().end() : end;
        }
        explain(key, cluster, replay, deviations);
    }

    private void explain(
            List<@Nullable Object> key, List<Session> cluster, SessionReplay replay, Deviations deviations) {
        var differing = cluster.stream()
                .filter(it -> cluster.stream().noneMatch(other -> sameInTheOtherMode(it, other)))
                .toList();
        if (differing.isEmpty()) {
            return;
        }
        causes(cluster, replay)
                .forEach((kind, records) -> records.forEach(at -> {
                    differing.forEach(session -> deviations.note(new RowKey(view, session.window(), key), kind, at));
                    if (kind == Deviation.DUP_CHOICE || kind == Deviation.SESSION_BRIDGE) {
                        deviations.find(kind, at);
                    }
                }));
    }

    private static boolean sameInTheOtherMode(Session left, Session right) {
        return left.batch() != right.batch()
                && left.window().equals(right.window())
                && left.points().equals(right.points());
    }

    private static Map<Deviation, Set<Coordinates>> causes(List<Session> cluster, SessionReplay replay) {
        var causes = new TreeMap<Deviation, Set<Coordinates>>();
        var counted = records(cluster, true);
        var streamed = records(cluster, false);
        for (var at : counted) {
            if (!streamed.contains(at)) {
                put(causes, replay.refused(at) ? Deviation.LATE : Deviation.DUP_CHOICE, at);
            }
        }
        for (var at : streamed) {
            if (!counted.contains(at)) {
                put(causes, replay.kept(at) ? Deviation.DUP_CHOICE : Deviation.DUP_HORIZON, at);
            }
        }
        cluster.stream()
                .filter(it -> it.batch() && isCutByTheStream(it, cluster))
                .forEach(it -> bridges(it, replay).forEach(at -> put(causes, Deviation.SESSION_BRIDGE, at)));
        return causes;
    }

    private static void put(Map<Deviation, Set<Coordinates>> causes, Deviation kind, Coordinates at) {
        causes.computeIfAbsent(kind, key -> new HashSet<>()).add(at);
    }

    private static Set<Coordinates> records(List<Session> cluster, boolean batch) {
        var records = new HashSet<Coordinates>();
        cluster.stream()
                .filter(it -> it.batch() == batch)
                .forEach(it -> it.points().forEach(point -> records.add(point.at())));
        return records;
    }

    private static boolean isCutByTheStream(Session whole, List<Session> cluster) {
        return cluster.stream()
                        .filter(it -> !it.batch() && SessionReplay.meets(it.window(), whole.window()))
                        .count()
                > 1;
    }

    /** The late records that would have held the session together; if none was late, those that came when it had closed. */
    private static Set<Coordinates> bridges(Session whole, SessionReplay replay) {
        var late = new HashSet<Coordinates>();
        var apart = new HashSet<Coordinates>();
        for (var point : whole.points()) {
            if (replay.refused(point.at())) {
                late.add(point.at());
            }
            if (replay.apart(point.at())) {
                apart.add(point.at());
            }
        }
        return late.isEmpty() ? apart : late;
    }
}
