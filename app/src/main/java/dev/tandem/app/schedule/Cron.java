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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The times of a Unix cron line (minute hour day month weekday) in a zone. Where clocks go forward, a time that no clock shows is
 * skipped; where they go back, a fixed time is taken once, the first time it is shown.
 */
public final class Cron implements Timetable {
    private final ExecutionTime times;
    private final String line;
    private final ZoneId zone;

    private Cron(ExecutionTime times, Plans.Schedule.Cron schedule) {
        this.times = times;
        this.line = schedule.cron();
        this.zone = schedule.zone();
    }

    static Cron of(Plans.Schedule.Cron schedule) {
        try {
            var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            var cron = new Cron(ExecutionTime.forCron(parser.parse(schedule.cron())), schedule);
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

    @Override
    public Optional<ZonedDateTime> after(Instant instant) {
        return times.nextExecution(instant.atZone(zone));
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
        return times.nextExecution(first.minusMinutes(1).atZone(ZoneOffset.UTC))
                .map(ZonedDateTime::toLocalDateTime)
                .filter(time -> time.isBefore(end));
    }
}
