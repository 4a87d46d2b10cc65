package dev.tandem.app.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.tandem.model.Plans;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The times of a Unix cron line (minute hour day month weekday) in a zone. Where clocks go forward, a time that no clock shows is
 * skipped; where they go back, a fixed time is taken once, the first time it is shown.
 */
public final class Cron implements Timetable {
    private static final int DAY_OF_MONTH = 2;
    private static final int DAY_OF_WEEK = 4;

    /** The line once for each way in which a day can be the right one. */
    private final List<ExecutionTime> times;

    private final String line;
    private final ZoneId zone;

    private Cron(List<ExecutionTime> times, Plans.Schedule.Cron schedule) {
        this.times = times;
        this.line = schedule.cron();
        this.zone = schedule.zone();
    }

    static Cron of(Plans.Schedule.Cron schedule) {
        try {
            var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            parser.parse(schedule.cron());
            var times = byDay(schedule.cron()).stream()
                    .map(line -> ExecutionTime.forCron(parser.parse(line)))
                    .toList();
            var cron = new Cron(times, schedule);
            if (cron.after(Instant.EPOCH).isEmpty()) {
                throw new IllegalArgumentException("no date is ever like this");
            }
            return cron;
        } catch (IllegalArgumentException e) {
            throw new UnusableSchedule(
                    "cron",
                    schedule.cron(),
                    "'%s' is no cron line: %s".formatted(schedule.cron(), e.getMessage()),
                    "write minute hour day month weekday, as in 55 23 * * *");
        }
    }

    /** POSIX: where both the day of the month and the day of the week are restricted, either is enough. */
    private static List<String> byDay(String line) {
        var fields = line.strip().split("\\s+", -1);
        if (fields.length <= DAY_OF_WEEK || fields[DAY_OF_MONTH].contains("*") || fields[DAY_OF_WEEK].contains("*")) {
            return List.of(line);
        }
        return List.of(unrestricted(fields, DAY_OF_WEEK), unrestricted(fields, DAY_OF_MONTH));
    }

    private static String unrestricted(String[] fields, int field) {
        var changed = fields.clone();
        changed[field] = "*";
        return String.join(" ", changed);
    }

    @Override
    public Optional<ZonedDateTime> after(Instant instant) {
        return next(instant.atZone(zone));
    }

    private Optional<ZonedDateTime> next(ZonedDateTime from) {
        return times.stream()
                .flatMap(it -> it.nextExecution(from).stream())
                .min(Comparator.comparing(ZonedDateTime::toInstant));
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public String told() {
        return line + " " + zone;
    }

    @Override
    public Map<String, String> parts() {
        var parts = new LinkedHashMap<String, String>();
        parts.put("cron", line);
        parts.put("zone", zone.getId());
        return parts;
    }

    @Override
    public List<LocalDateTime> skipped(Instant from, Instant until) {
        var all = new ArrayList<LocalDateTime>();
        var rules = zone.getRules();
        var change = rules.nextTransition(from);
        while (change != null && change.getInstant().isBefore(until)) {
            if (change.isGap()) {
                between(change.getDateTimeBefore(), change.getDateTimeAfter()).ifPresent(all::add);
            }
            change = rules.nextTransition(change.getInstant());
        }
        return all;
    }

    private Optional<LocalDateTime> between(LocalDateTime first, LocalDateTime end) {
        return next(first.minusMinutes(1).atZone(ZoneOffset.UTC))
                .map(ZonedDateTime::toLocalDateTime)
                .filter(time -> time.isBefore(end));
    }
}
