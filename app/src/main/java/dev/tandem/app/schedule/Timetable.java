package dev.tandem.app.schedule;

import dev.tandem.model.Plans;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When a batch runs by itself. What waits and runs asks only this, so that a new way to say times is a class and nothing else. */
public sealed interface Timetable permits Cron, Interval {
    /** Reads a schedule; throws {@link UnusableSchedule} if it names no time. */
    static Timetable of(Plans.Schedule schedule) {
        return schedule instanceof Plans.Schedule.Cron cron
                ? Cron.of(cron)
                : Interval.of((Plans.Schedule.Every) schedule);
    }

    /** The first time after {@code instant}, on the clocks of the timetable's zone. */
    Optional<ZonedDateTime> after(Instant instant);

    /** Local times between two instants that would be due if clocks did not go forward over them. */
    List<LocalDateTime> skipped(Instant from, Instant until);

    /** In which the times are told. */
    ZoneId zone();

    /** In a few words, as in {@code 55 23 * * * Asia/Kolkata}. */
    String told();

    /** The same for a program: the keys and values of its JSON. */
    Map<String, String> parts();

    /** The next {@code count} times after {@code instant}. */
    default List<ZonedDateTime> next(int count, Instant instant) {
        var all = new ArrayList<ZonedDateTime>();
        var from = instant;
        for (var next = after(from); all.size() < count && next.isPresent(); next = after(from)) {
            all.add(next.get());
            from = next.get().toInstant();
        }
        return all;
    }
}
