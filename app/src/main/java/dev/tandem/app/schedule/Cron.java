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
import java.util.List;
import java.util.Optional;

/**
 * The times of a Unix cron line (minute hour day month weekday) in a zone. Where clocks go forward, a time that no clock shows is
 * skipped; where they go back, a fixed time is taken once, the first time it is shown.
 */
public final class Cron {
    private final ExecutionTime times;
    private final ZoneId zone;

    private Cron(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /** Reads a schedule; throws {@link IllegalArgumentException} with the reason if its line is none, or never comes. */
    public static Cron of(Plans.Schedule schedule) {
        var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        var cron = new Cron(ExecutionTime.forCron(parser.parse(schedule.cron())), schedule.zone());
        if (cron.after(Instant.EPOCH).isEmpty()) {
            throw new IllegalArgumentException("no date is ever like this");
        }
        return cron;
    }

    /** The first time after {@code instant}. */
    public Optional<ZonedDateTime> after(Instant instant) {
        return times.nextExecution(instant.atZone(zone));
    }

    /** The next {@code count} times after {@code instant}. */
    public List<ZonedDateTime> next(int count, Instant instant) {
        var all = new ArrayList<ZonedDateTime>();
        var from = instant;
        for (var next = after(from); all.size() < count && next.isPresent(); next = after(from)) {
            all.add(next.get());
            from = next.get().toInstant();
        }
        return all;
    }

    /** Local times of this line between two instants that no clock in the zone shows, because clocks go forward over them. */
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
