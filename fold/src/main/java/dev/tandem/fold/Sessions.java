package dev.tandem.fold;

import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of one view. They are groups like those of any other view; this knows which of them belong to a key and moves
 * a group to another window when its session grows, meets another one or falls apart.
 */
final class Sessions {
    /** A record in a session, with what tells {@link Waiting} when it closes. */
    private record Held(Point point, Waiting.@Nullable Ticket ticket) {}

    private static final class Open {
        private Span window;
        private final Group group;
        private final List<Held> held = new ArrayList<>();

        Open(Span window, Group group) {
            this.window = window;
            this.group = group;
        }
    }

    /** Told of a group that has left its window. */
    interface Departure {
        void from(Span window, List<@Nullable Object> key, Group group);
    }

    private final Groups groups;
    private final long gapMicros;
    private final boolean takesBack;
    private final Map<List<@Nullable Object>, List<Open>> byKey = new HashMap<>();

    Sessions(Groups groups, long gapMicros, boolean takesBack) {
        this.groups = groups;
        this.gapMicros = gapMicros;
        this.takesBack = takesBack;
    }

    /** A group and the window it now stands in. */
    record Placed(Span window, Group group) {}

    Placed add(List<@Nullable Object> key, Point point, Waiting.@Nullable Ticket ticket, Departure departure) {
        var own = new Span(Instants.ofMicros(point.eventMicros()), Instants.ofMicros(point.endMicros(gapMicros)));
        var all = byKey.computeIfAbsent(key, it -> new ArrayList<>(1));
        var session = joined(key, own, all, departure);
        session.group.add(point.arguments(), point.eventMicros(), point.at());
        session.held.add(new Held(takesBack ? point : bare(point), ticket));
        return new Placed(session.window, session.group);
    }

    private static Point bare(Point point) {
        return new Point(point.eventMicros(), point.at(), List.of());
    }

    /** The session that {@code own} makes together with all that it meets. */
    private Open joined(List<@Nullable Object> key, Span own, List<Open> all, Departure departure) {
        var met = all.stream().filter(it -> meets(it.window, own)).toList();
        if (met.isEmpty()) {
            var session = new Open(own, groups.group(own, key));
            all.add(session);
            return session;
        }
        var window = own;
        var largest = met.get(0);
        for (var session : met) {
            window = union(window, session.window);
            largest = session.held.size() > largest.held.size() ? session : largest;
        }
        if (met.size() == 1 && window.equals(largest.window)) {
            return largest;
        }
        met.forEach(session -> leave(key, session, departure));
        for (var session : met) {
            if (session != largest) {
                largest.group.merge(session.group);
                largest.group.follow(session.group.revision());
                largest.held.addAll(session.held);
                all.remove(session);
            }
        }
        largest.group.follow(0);
        largest.window = window;
        groups.put(window, key, largest.group);
        return largest;
    }

    private void leave(List<@Nullable Object> key, Open session, Departure departure) {
        groups.remove(session.window, key);
        departure.from(session.window, key, session.group);
    }

    private static boolean meets(Span left, Span right) {
        return left.start().isBefore(right.end()) && right.start().isBefore(left.end());
    }

    private static Span union(Span left, Span right) {
        return new Span(
                left.start().isBefore(right.start()) ? left.start() : right.start(),
                left.end().isAfter(right.end()) ? left.end() : right.end());
    }

    /** Takes the record at {@code at} out of its session of {@code key}, if that is open; gives what is left of the session. */
    List<Placed> takeBack(
            List<@Nullable Object> key, Coordinates at, Consumer<Waiting.@Nullable Ticket> left, Departure departure) {
        for (var session : byKey.getOrDefault(key, List.of())) {
            var gone = session.held.stream()
                    .filter(it -> it.point().at().equals(at))
                    .toList();
            if (!gone.isEmpty()) {
                gone.forEach(it -> left.accept(it.ticket()));
                session.held.removeAll(gone);
                return regrouped(key, session, departure);
            }
        }
        return List.of();
    }

    private List<Placed> regrouped(List<@Nullable Object> key, Open before, Departure departure) {
        var all = byKey.getOrDefault(key, List.of());
        var tickets = new HashMap<Point, List<Held>>();
        before.held.forEach(it ->
                tickets.computeIfAbsent(it.point(), point -> new ArrayList<>(1)).add(it));
        var pieces = Point.sessions(before.held.stream().map(Held::point).toList(), gapMicros);
        boolean stays =
                pieces.size() == 1 && Point.window(pieces.get(0), gapMicros).equals(before.window);
        if (!stays) {
            departure.from(before.window, key, before.group);
        }
        groups.remove(before.window, key);
        all.remove(before);
        var placed = new ArrayList<Placed>();
        for (var piece : pieces) {
            var session = new Open(Point.window(piece, gapMicros), groups.empty());
            for (var point : piece) {
                session.group.add(point.arguments(), point.eventMicros(), point.at());
                var its = tickets.getOrDefault(point, List.of());
                session.held.add(its.remove(its.size() - 1));
            }
            session.group.follow(before.group.revision());
            if (stays && before.group.written()) {
                session.group.continueFrom(before.group.revision());
            }
            groups.put(session.window, key, session.group);
            all.add(session);
            placed.add(new Placed(session.window, session.group));
        }
        if (all.isEmpty()) {
            byKey.remove(key);
        }
        return placed;
    }

    /** Forgets the sessions of {@code window}, which has closed. */
    void close(Span window, Consumer<Waiting.@Nullable Ticket> left) {
        for (var key : groups.in(window).keySet()) {
            var all = byKey.getOrDefault(key, List.of());
            for (var session : List.copyOf(all)) {
                if (session.window.equals(window)) {
                    session.held.forEach(it -> left.accept(it.ticket()));
                    all.remove(session);
                }
            }
            if (all.isEmpty()) {
                byKey.remove(key);
            }
        }
        groups.forget(window);
    }
}
