package dev.tandem.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Plans;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {
    private static Cron cron(String line, String zone) {
        return Cron.of(new Plans.Schedule.Cron(line, ZoneId.of(zone)));
    }

    @ParameterizedTest
    @CsvSource({
        "55 23 * * *, Asia/Kolkata",
        "30 2 * * *, Europe/Berlin",
        "0 */6 * * 1-5, America/New_York",
        "15 1 1 * *, Australia/Lord_Howe",
        "45 0 * 2-4 0, America/St_Johns",
        "5 12 13 * *, UTC",
        "0 9 1 * 1, UTC",
        "'30 4 1,15 * 5', Europe/Berlin",
        "0 9 1-7 * 6-7, Asia/Kolkata",
        "0 0 29 2 1, UTC",
    })
    void agreesWithAScanOfEveryMinuteOfAYear(String line, String zone) {
        var start = Instant.parse("2026-01-01T00:00:00Z");
        var end = start.plus(Duration.ofDays(366));
        var found = cron(line, zone).next(2_000, start).stream()
                .map(ZonedDateTime::toInstant)
                .filter(time -> time.isBefore(end))
                .toList();
        assertThat(found).isEqualTo(scanned(line, ZoneId.of(zone), start, end));
    }

    /** Every minute whose clock fits; of two that show the same local time only the first, as long as hours are fixed. */
    private static List<Instant> scanned(String line, ZoneId zone, Instant start, Instant end) {
        var fields = line.split(" ");
        var times = new ArrayList<Instant>();
        var last = LocalDateTime.MIN;
        for (var at = start.plusSeconds(60); at.isBefore(end); at = at.plusSeconds(60)) {
            var local = at.atZone(zone).toLocalDateTime();
            if (fits(fields, local) && local.isAfter(last)) {
                times.add(at);
                last = local;
            }
        }
        return times;
    }

    private static boolean fits(String[] fields, LocalDateTime time) {
        return fits(fields[0], time.getMinute())
                && fits(fields[1], time.getHour())
                && fitsDay(fields, time)
                && fits(fields[3], time.getMonthValue());
    }

    /** POSIX: where both days are restricted, either is enough. Sunday is 0 and 7. */
    private static boolean fitsDay(String[] fields, LocalDateTime time) {
        int weekday = time.getDayOfWeek().getValue();
        boolean byMonth = fits(fields[2], time.getDayOfMonth());
        boolean byWeek = fits(fields[4], weekday) || (weekday == 7 && fits(fields[4], 0));
        boolean both = !fields[2].equals("*") && !fields[4].equals("*");
        return both ? byMonth || byWeek : byMonth && byWeek;
    }

    private static boolean fits(String list, int value) {
        return Arrays.stream(list.split(",")).anyMatch(field -> fitsOne(field, value));
    }

    private static boolean fitsOne(String field, int value) {
        if (field.startsWith("*/")) {
            return value % Integer.parseInt(field.substring(2)) == 0;
        }
        var ends = field.split("-");
        return field.equals("*")
                || (value >= Integer.parseInt(ends[0]) && value <= Integer.parseInt(ends[ends.length - 1]));
    }

    @Test
    void S0_09_theNightlyBatchRunsAt2355InKolkata() {
        var next = cron("55 23 * * *", "Asia/Kolkata").next(2, Instant.parse("2026-11-20T00:00:00Z"));
        assertThat(next)
                .extracting(time -> time.toInstant().toString())
                .containsExactly("2026-11-20T18:25:00Z", "2026-11-21T18:25:00Z");
    }

    @Test
    void S0_09_andStaysAt2355WhereTheClocksChange() {
        var next = cron("55 23 * * *", "Europe/Berlin").next(2, Instant.parse("2026-10-24T12:00:00Z"));
        assertThat(next)
                .extracting(time -> time.toInstant().toString())
                .containsExactly("2026-10-24T21:55:00Z", "2026-10-25T22:55:00Z");
    }

    @Test
    void namesTheTimesThatNoClockShows() {
        var from = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(cron("30 2 * * *", "Europe/Berlin").skipped(from, from.plus(Duration.ofDays(730))))
                .containsExactly(LocalDateTime.parse("2026-03-29T02:30"), LocalDateTime.parse("2027-03-28T02:30"));
        assertThat(cron("30 3 * * *", "Europe/Berlin").skipped(from, from.plus(Duration.ofDays(730))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"61 * * * *", "* * * *", "soon", "0 0 31 2 *", "@daily", "0 0 0 * * *"})
    void refusesWhatIsNoLineOrNeverComes(String line) {
        assertThatThrownBy(() -> cron(line, "UTC")).isInstanceOf(IllegalArgumentException.class);
    }
}
