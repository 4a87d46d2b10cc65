package dev.tandem.model;

import dev.tandem.model.Window.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * The windows of one calendar: consecutive intervals that cover all of time, also where the clocks change. A record is counted in
 * the window whose bounds contain it, so the bounds decide, not the date that a clock shows: in St. John's the clocks went back
 * from 00:01 to 23:01, and the previous date came again after the new one had begun.
 */
sealed interface CalendarSpans {
    /** The window that contains {@code time}. */
    Span at(Instant time);

    /** No window of this calendar is longer. */
    Duration longest();

    /** One of its windows in a word, as in "day". */
    String unit();

    static CalendarSpans of(Window.Calendar calendar) {
        return calendar.unit() == ChronoUnit.HOURS
                ? new Hours(calendar.zone())
                : new Dates(calendar.unit(), calendar.zone());
    }

    /**
     * Hours, aligned to the full hour of the local clock. An hour in which the clocks change is two windows, because a part of it
     * may come twice (Lord Howe Island changes by 30 minutes).
     */
    record Hours(ZoneId zone) implements CalendarSpans {
        @Override
        public Span at(Instant time) {
            var rules = zone.getRules();
            var start = time.atOffset(rules.getOffset(time))
                    .truncatedTo(ChronoUnit.HOURS)
                    .toInstant();
            var end = start.plus(1, ChronoUnit.HOURS);
            var before = rules.previousTransition(time.plusNanos(1));
            var after = rules.nextTransition(time);
            return new Span(
                    before != null && before.getInstant().isAfter(start) ? before.getInstant() : start,
                    after != null && after.getInstant().isBefore(end) ? after.getInstant() : end);
        }

        @Override
        public Duration longest() {
            return Duration.ofHours(1);
        }

        @Override
        public String unit() {
            return "hour";
        }
    }

    /**
     * Days, weeks or months. A window begins at the first instant at which the local clock shows its first date or a later one.
     * Where the clocks go back over midnight, the part of the previous date that comes again belongs to the new window; a date
     * that the zone skipped (30 December 2011 in Samoa) has no window.
     */
    record Dates(ChronoUnit period, ZoneId zone) implements CalendarSpans {
        @Override
        public Span at(Instant time) {
            var first = first(time.atZone(zone).toLocalDate());
            var start = begin(first);
            while (true) {
                first = first.plus(1, period);
                var end = begin(first);
                if (end.isAfter(time)) {
                    return new Span(start, end);
                }
                start = end;
            }
        }

        /** Two days more than on a calendar: no zone has ever set its clocks back by more than one. */
        @Override
        public Duration longest() {
            return switch (period) {
                case DAYS -> Duration.ofDays(1 + 2);
                case WEEKS -> Duration.ofDays(7 + 2);
                default -> Duration.ofDays(31 + 2);
            };
        }

        @Override
        public String unit() {
            return switch (period) {
                case DAYS -> "day";
                case WEEKS -> "week";
                default -> "month";
            };
        }

        private LocalDate first(LocalDate date) {
            return switch (period) {
                case DAYS -> date;
                case WEEKS -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                default -> date.withDayOfMonth(1);
            };
        }

        /** The earlier of two midnights, and the end of a gap that midnight falls into. */
        private Instant begin(LocalDate date) {
            return date.atStartOfDay(zone).toInstant();
        }
    }
}
