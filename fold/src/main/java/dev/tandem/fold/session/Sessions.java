package dev.tandem.fold.session;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.WindowBounds;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import dev.tandem.fold.group.Group;
import dev.tandem.fold.group.Groups;
import dev.tandem.fold.group.Waiting;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of one view. They are groups like those of any other view; this knows which of them belong to a key and moves
 * a group to another window when its session grows, meets another one or falls apart.
 */
public final class Sessions {
    private static final int NO_TICKET = -1;

    /** A record in a session, with its ticket at {@link Waiting}. */
    private record HeldPoint(Point point, Waiting.@Nullable Ticket ticket) {}

    private static final class OpenSession {
        private Span window;
        private final Group group;
        private final List<HeldPoint> held = new ArrayList<>();
        /** Records that wait for this session and for nothing else. */
        private long waiting;

        OpenSession(Span window, Group group) {
            this.window = window;
            this.group = group;
        }
    }

    /** Told of a group that has left its window. */
    public interface Departure {
        void from(Span window, List<@Nullable Object> key, Group group);
    }

    private final Groups groups;
    private final long gapMicros;
    private final boolean takesBack;
    /** The sessions of a key, which do not overlap, by their starts. */
    private final Map<List<@Nullable Object>, TreeMap<Instant, OpenSession>> byKey = new HashMap<>();

    public Sessions(Groups groups, long gapMicros, boolean takesBack) {
        this.groups = groups;
        this.gapMicros = gapMicros;
        this.takesBack = takesBack;
    }

    /** A group and its current window. */
    public record Placed(Span window, Group group) {}

    /** Adds a record to the session that its own time makes with those it meets; a {@code ticket} waits for that to close. */
    public Placed add(List<@Nullable Object> key, Point point, Waiting.@Nullable Ticket ticket, Departure departure) {
        var session = joined(key, own(point), departure);
        session.group.add(point.arguments(), point.eventMicros(), point.at());
        if (takesBack || ticket != null) {
            session.held.add(new HeldPoint(takesBack ? point : bare(point), ticket));
        }
        return new Placed(session.window, session.group);
    }

    /**
     * The same in a batch, where sessions do not close.
     *
     * @param waits whether the record waits for nothing but sessions
     * @param ticket the record's, where it may be in several sessions, so that it is counted once
     */
    public void count(List<@Nullable Object> key, Point point, boolean waits, Waiting.@Nullable Ticket ticket) {
        var session = joined(key, own(point), (window, ofKey, group) -> {});
        session.group.add(point.arguments(), point.eventMicros(), point.at());
        if (ticket != null && waits) {
            session.held.add(new HeldPoint(bare(point), ticket));
        } else {
            session.waiting += waits ? 1 : 0;
        }
    }

    /**
     * How many records wait for nothing but sessions, one of which ends after {@code close}, microseconds since 1970; those with
     * a ticket are added to {@code tickets} instead.
     */
    public long waiting(long close, Set<Waiting.Ticket> tickets) {
        long records = 0;
        for (var all : byKey.values()) {
            for (var session : all.values()) {
                if (Watermarks.endMicros(session.window) > close) {
                    records += session.waiting;
                    session.held.forEach(it -> tickets.add(Objects.requireNonNull(it.ticket())));
                }
            }
        }
        return records;
    }

    /** Every ticket that a session holds. */
    public void tickets(Set<Waiting.Ticket> tickets) {
        byKey.values()
                .forEach(all -> all.values()
                        .forEach(session -> session.held.forEach(it -> {
                            if (it.ticket() != null) {
                                tickets.add(it.ticket());
                            }
                        })));
    }

    /** Writes which sessions there are and what they hold; their groups are written elsewhere, tickets as their {@code numbers}. */
    public void write(StateSink sink, Map<Waiting.Ticket, Integer> numbers) {
        sink.items(byKey.entrySet().iterator(), (out, entry) -> {
            out.sizedValues(entry.getKey());
            out.writeInt(entry.getValue().size());
            for (var session : entry.getValue().values()) {
                WindowBounds.write(session.window, out);
                out.writeLong(session.waiting);
                out.writeInt(session.held.size());
                for (var held : session.held) {
                    held.point().write(out);
                    out.writeInt(held.ticket() == null ? NO_TICKET : numbers.getOrDefault(held.ticket(), NO_TICKET));
                }
            }
        });
    }

    /** Takes in what {@link #write} wrote; this must be new, and the groups must be there. */
    public void read(StateSource source, List<Waiting.Ticket> tickets) {
        source.items(in -> {
            var key = in.sizedValues();
            var all = new TreeMap<Instant, OpenSession>();
            for (int left = in.readInt(); left > 0; left--) {
                var window = WindowBounds.read(in);
                var session = new OpenSession(window, groups.group(window, key));
                session.waiting = in.readLong();
                for (int held = in.readInt(); held > 0; held--) {
                    var point = Point.read(in);
                    int ticket = in.readInt();
                    session.held.add(new HeldPoint(point, ticket == NO_TICKET ? null : tickets.get(ticket)));
                }
                all.put(window.start(), session);
            }
            byKey.put(key, all);
        });
    }

    private Span own(Point point) {
        return new Span(Instants.ofMicros(point.eventMicros()), Instants.ofMicros(point.endMicros(gapMicros)));
    }

    private static Point bare(Point point) {
        return new Point(point.eventMicros(), point.at(), List.of());
    }

    /** The session that {@code own} makes together with all that it meets. */
    private OpenSession joined(List<@Nullable Object> key, Span own, Departure departure) {
        var all = byKey.computeIfAbsent(key, it -> new TreeMap<>());
        var met = met(all, own);
        if (met.isEmpty()) {
            var session = new OpenSession(own, groups.group(own, key));
            all.put(own.start(), session);
            return session;
        }
        var window = own;
        var largest = met.get(0);
        for (var session : met) {
            window = union(window, session.window);
            largest = session.group.events() > largest.group.events() ? session : largest;
        }
        if (met.size() == 1 && window.equals(largest.window)) {
            return largest;
        }
        met.forEach(session -> leave(key, session, departure));
        met.forEach(session -> all.remove(session.window.start()));
        for (var session : met) {
            if (session != largest) {
                largest.group.merge(session.group);
                largest.group.follow(session.group.revision());
                largest.held.addAll(session.held);
                largest.waiting += session.waiting;
            }
        }
        largest.group.follow(0);
        largest.window = window;
        all.put(window.start(), largest);
        groups.put(window, key, largest.group);
        return largest;
    }

    /** The sessions that {@code own} overlaps, earliest first. */
    private static List<OpenSession> met(NavigableMap<Instant, OpenSession> all, Span own) {
        var met = new ArrayList<OpenSession>(2);
        var before = all.lowerEntry(own.start());
        if (before != null && meets(before.getValue().window, own)) {
            met.add(before.getValue());
        }
        met.addAll(all.subMap(own.start(), true, own.end(), false).values());
        return met;
    }

    private void leave(List<@Nullable Object> key, OpenSession session, Departure departure) {
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
    public List<Placed> takeBack(
            List<@Nullable Object> key, Coordinates at, Consumer<Waiting.@Nullable Ticket> left, Departure departure) {
        for (var session : all(key)) {
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

    private List<Placed> regrouped(List<@Nullable Object> key, OpenSession before, Departure departure) {
        var all = byKey.computeIfAbsent(key, it -> new TreeMap<>());
        var tickets = new HashMap<Point, List<HeldPoint>>();
        before.held.forEach(it ->
                tickets.computeIfAbsent(it.point(), point -> new ArrayList<>(1)).add(it));
        var pieces = Point.sessions(before.held.stream().map(HeldPoint::point).toList(), gapMicros);
        boolean stays =
                pieces.size() == 1 && Point.window(pieces.get(0), gapMicros).equals(before.window);
        if (!stays) {
            departure.from(before.window, key, before.group);
        }
        groups.remove(before.window, key);
        all.remove(before.window.start());
        var placed = new ArrayList<Placed>();
        for (var piece : pieces) {
            var session = new OpenSession(Point.window(piece, gapMicros), groups.empty());
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
            all.put(session.window.start(), session);
            placed.add(new Placed(session.window, session.group));
        }
        if (all.isEmpty()) {
            byKey.remove(key);
        }
        return placed;
    }

    /** Forgets the sessions of {@code window}, which has closed. */
    public void close(Span window, Consumer<Waiting.@Nullable Ticket> left) {
        for (var key : groups.in(window).keySet()) {
            for (var session : all(key)) {
                if (session.window.equals(window)) {
                    session.held.forEach(it -> left.accept(it.ticket()));
                    forget(key, session);
                }
            }
        }
        groups.forget(window);
    }

    private List<OpenSession> all(List<@Nullable Object> key) {
        var all = byKey.get(key);
        return all == null ? List.of() : List.copyOf(all.values());
    }

    private void forget(List<@Nullable Object> key, OpenSession session) {
        byKey.computeIfPresent(key, (it, all) -> {
            all.remove(session.window.start());
            return all.isEmpty() ? null : all;
        });
    }
}
