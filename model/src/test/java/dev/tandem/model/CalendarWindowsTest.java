package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Window.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every zone of the tz database from 1970 to 2037, around all changes of its clocks and at random instants. The expected values
 * use nothing but the offset that the JDK gives for an instant.
 */
class CalendarWindowsTest {
    private static final Instant FROM = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2038-01-01T00:00:00Z");
    private static final Map<ZoneRules, ZoneId> ZONES = zones();

    @ParameterizedTest
    @EnumSource(
            value = ChronoUnit.class,
            names = {"HOURS", "DAYS", "WEEKS", "MONTHS"})
    void coverTimeWithoutGapOrOverlapInEveryZone(ChronoUnit unit) {
        ZONES.forEach((rules, zone) -> {
            var window = new Window.Calendar(unit, zone);
            for (var time : samples(rules)) {
                var span = spanOf(window, time);
                boolean sound = holds(span, time)
                        && spanOf(window, span.start()).equals(span)
                        && spanOf(window, span.end().minusNanos(1_000)).equals(span)
                        && spanOf(window, span.end()).start().equals(span.end())
                        && Instants.micros(span.end()) - Instants.micros(span.start()) <= window.longestMicros();
                assertThat(sound)
                        .as("%s in %s at %s: %s", unit, zone, time, span)
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ChronoUnit.class,
            names = {"DAYS", "WEEKS", "MONTHS"})
    void beginWhenTheClocksFirstShowTheirFirstDate(ChronoUnit unit) {
        ZONES.forEach((rules, zone) -> {
            var window = new Window.Calendar(unit, zone);
            for (var time : samples(rules)) {
                var start = spanOf(window, time).start();
                var clock = local(rules, start);
                boolean first = number(unit, local(rules, start.minusNanos(1_000))) < number(unit, clock)
                        && number(unit, local(rules, time)) <= number(unit, clock)
                        && (clock.toLocalTime().equals(LocalTime.MIDNIGHT) || changesAt(rules, start));
                assertThat(first)
                        .as("%s in %s at %s: from %s", unit, zone, time, start)
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = ChronoUnit.class,
            names = {"HOURS"})
    void beginAtTheFullHourOfTheClocksOrWhereTheyChange(ChronoUnit unit) {
        ZONES.forEach((rules, zone) -> {
            var window = new Window.Calendar(unit, zone);
            for (var time : samples(rules)) {
                var span = spanOf(window, time);
                boolean sound = (local(rules, span.start()).getMinute() == 0 || changesAt(rules, span.start()))
                        && local(rules, time).getHour()
                                == local(rules, span.start()).getHour()
                        && rules.getOffset(time).equals(rules.getOffset(span.start()));
                assertThat(sound)
                        .as("%s in %s at %s: %s", unit, zone, time, span)
                        .isTrue();
            }
        });
    }

    /** Zones with the same rules are tried once. */
    private static Map<ZoneRules, ZoneId> zones() {
        var zones = new LinkedHashMap<ZoneRules, ZoneId>();
        for (var name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            zones.putIfAbsent(ZoneId.of(name).getRules(), ZoneId.of(name));
        }
        return zones;
    }

    /** Two days around each change, every twelve hours and at the change itself; and instants between. */
    private static Iterable<Instant> samples(ZoneRules rules) {
        var samples = new TreeSet<Instant>();
        var random = new SplittableRandom(rules.hashCode());
        for (int i = 0; i < 40; i++) {
            samples.add(Instant.ofEpochSecond(random.nextLong(FROM.getEpochSecond(), UNTIL.getEpochSecond())));
        }
        var change = rules.nextTransition(FROM);
        while (change != null && change.getInstant().isBefore(UNTIL)) {
            around(change, samples);
            change = rules.nextTransition(change.getInstant());
        }
        return samples;
    }

    private static void around(ZoneOffsetTransition change, Set<Instant> samples) {
        var at = change.getInstant();
        for (int hours = -48; hours <= 48; hours += 12) {
            samples.add(at.plus(Duration.ofHours(hours)));
        }
        for (var piece :
                new Duration[] {Duration.ofNanos(1_000), change.getDuration().abs(), Duration.ofMinutes(17)}) {
            samples.add(at.minus(piece));
            samples.add(at.plus(piece));
        }
        samples.add(at);
    }

    private static long number(ChronoUnit unit, LocalDateTime clock) {
        var date = clock.toLocalDate();
        return switch (unit) {
            case DAYS -> date.toEpochDay();
            case WEEKS -> date.get(IsoFields.WEEK_BASED_YEAR) * 100L + date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            default ->
                LocalDate.EPOCH.withDayOfMonth(1).until(date.withDayOfMonth(1)).toTotalMonths();
        };
    }

    private static LocalDateTime local(ZoneRules rules, Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC)
                .plusSeconds(rules.getOffset(time).getTotalSeconds());
    }

    private static boolean changesAt(ZoneRules rules, Instant time) {
        return !rules.getOffset(time.minusNanos(1_000)).equals(rules.getOffset(time));
    }

    private static Span spanOf(Window window, Instant time) {
        return window.spansOf(time).get(0);
    }

    private static boolean holds(Span span, Instant time) {
        return !time.isBefore(span.start()) && time.isBefore(span.end());
    }
}
