package dev.tandem.model;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How event time is cut into pieces. Sealed: a new kind makes the compiler point at each place that must decide. Bounds are
 * [start, end): an event exactly at an end belongs to the next window.
 */
public sealed interface Window extends Serializable {
    /** One piece of event time. */
    record Span(Instant start, Instant end) implements Comparable<Span>, Serializable {
        /** The span of a view that is never cut: everything, never final. */
        public static final Span ALL = new Span(Instant.MIN, Instant.MAX);

        @Override
        public int compareTo(Span other) {
            int byEnd = end.compareTo(other.end);
            return byEnd != 0 ? byEnd : start.compareTo(other.start);
        }
    }

    /** Pieces of {@code size}, aligned to 1970-01-01T00:00Z. */
    record Tumbling(Duration size) implements Window {
        public Tumbling {
            positive("size", size);
        }
    }

    /** Pieces of {@code size}, a new one every {@code slide}, aligned to 1970-01-01T00:00Z. */
    record Sliding(Duration size, Duration slide) implements Window {
        public Sliding {
            positive("size", size);
            positive("slide", slide);
            if (slide.compareTo(size) > 0) {
                throw new IllegalArgumentException(
                        "Cannot slide by %s over a window of %s: events between two windows would be lost; make slide at most size"
                                .formatted(slide, size));
            }
        }
    }

    /**
     * Hours, days, weeks (from Monday) or months as the clocks of {@code zone} show them; a day is 23 or 25 hours long when the
     * clocks change.
     */
    record Calendar(ChronoUnit unit, ZoneId zone) implements Window {
        private static final Set<ChronoUnit> UNITS =
                Set.of(ChronoUnit.HOURS, ChronoUnit.DAYS, ChronoUnit.WEEKS, ChronoUnit.MONTHS);

        public Calendar {
            if (!UNITS.contains(unit)) {
                throw new IllegalArgumentException(
                        "Cannot cut a calendar by %s; use hour, day, week or month".formatted(unit));
            }
        }
    }

    /**
     * Pieces of each key's own: from an event until {@code gap} after the last one, if no other follows sooner. An event exactly
     * {@code gap} after the last one begins a new session.
     */
    record Session(Duration gap) implements Window {
        public Session {
            positive("gap", gap);
        }
    }

    /** Running totals over everything. */
    record Global() implements Window {}

    /** The windows an event at {@code time} belongs to, earliest first; for a session, the one that it would be alone. */
    default List<Span> spansOf(Instant time) {
        return fold(
                tumbling -> List.of(aligned(time, tumbling.size())),
                sliding -> slidingSpans(time, sliding),
                calendar -> List.of(CalendarSpans.of(calendar).at(time)),
                session -> List.of(new Span(time, Instants.ofMicros(Instants.micros(time) + micros(session.gap())))),
                global -> List.of(Span.ALL));
    }

    /** One function for each kind: the exhaustive choice. */
    default <T> T fold(
            Function<Tumbling, T> tumbling,
            Function<Sliding, T> sliding,
            Function<Calendar, T> calendar,
            Function<Session, T> session,
            Function<Global, T> global) {
        if (this instanceof Tumbling it) {
            return tumbling.apply(it);
        }
        if (this instanceof Sliding it) {
            return sliding.apply(it);
        }
        if (this instanceof Calendar it) {
            return calendar.apply(it);
        }
        if (this instanceof Session it) {
            return session.apply(it);
        }
        return global.apply((Global) this);
    }

    default boolean isGlobal() {
        return this instanceof Global;
    }

    default boolean isSession() {
        return this instanceof Session;
    }

    /** This window, if it slides. */
    default Optional<Sliding> asSliding() {
        return this instanceof Sliding it ? Optional.of(it) : Optional.empty();
    }

    /** This window, if it is a session. */
    default Optional<Session> asSession() {
        return this instanceof Session it ? Optional.of(it) : Optional.empty();
    }

    /** The length of the longest window, in microseconds; {@link Long#MAX_VALUE} where there is none, as for sessions. */
    default long longestMicros() {
        return fold(
                tumbling -> micros(tumbling.size()),
                sliding -> micros(sliding.size()),
                calendar -> micros(CalendarSpans.of(calendar).longest()),
                session -> Long.MAX_VALUE,
                global -> Long.MAX_VALUE);
    }

    /** What a person calls it, as in "20 minutes". */
    default String told() {
        return fold(
                tumbling -> Durations.told(tumbling.size()) + " tumbling",
                sliding -> Durations.told(sliding.size()) + " every " + Durations.told(sliding.slide()),
                calendar -> CalendarSpans.of(calendar).unit() + " in " + calendar.zone(),
                session -> "session of " + Durations.told(session.gap()),
                global -> "everything");
    }

    private static Span aligned(Instant time, Duration size) {
        long micros = micros(size);
        long start = Math.floorDiv(Instants.micros(time), micros) * micros;
        return new Span(Instants.ofMicros(start), Instants.ofMicros(start + micros));
    }

    private static List<Span> slidingSpans(Instant time, Sliding sliding) {
        long at = Instants.micros(time);
        long size = micros(sliding.size());
        long slide = micros(sliding.slide());
        var spans = new ArrayList<Span>();
        long last = Math.floorDiv(at, slide) * slide;
        for (long start = last; start > at - size; start -= slide) {
            spans.add(0, new Span(Instants.ofMicros(start), Instants.ofMicros(start + size)));
        }
        return spans;
    }

    private static long micros(Duration duration) {
        return Instants.micros(Instant.EPOCH.plus(duration));
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "Cannot cut time by a %s of %s: it must be positive; give e.g. 20 minutes".formatted(name, value));
        }
    }
}
