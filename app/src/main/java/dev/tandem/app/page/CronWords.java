package dev.tandem.app.page;

import dev.tandem.model.Plans;
import java.util.regex.Pattern;

/** A cron line as a person would say it, where it is one that people say; else the line itself. */
final class CronWords {
    private static final Pattern DAILY = Pattern.compile("(\\d{1,2}) (\\d{1,2}) \\* \\* \\*");
    private static final Pattern HOURLY = Pattern.compile("(\\d{1,2}) \\* \\* \\* \\*");
    private static final Pattern MINUTES = Pattern.compile("\\*/(\\d{1,2}) \\* \\* \\* \\*");

    private CronWords() {}

    static String of(Plans.Schedule.Cron cron) {
        var line = cron.cron().strip().replaceAll("\\s+", " ");
        var daily = DAILY.matcher(line);
        if (daily.matches()) {
            return "every day at %02d:%02d, %s"
                    .formatted(Integer.valueOf(daily.group(2)), Integer.valueOf(daily.group(1)), cron.zone());
        }
        var hourly = HOURLY.matcher(line);
        if (hourly.matches()) {
            return "every hour at %02d minutes past, %s".formatted(Integer.valueOf(hourly.group(1)), cron.zone());
        }
        var minutes = MINUTES.matcher(line);
        return minutes.matches()
                ? "every %s minutes".formatted(minutes.group(1))
                : "%s, %s".formatted(line, cron.zone());
    }
}
