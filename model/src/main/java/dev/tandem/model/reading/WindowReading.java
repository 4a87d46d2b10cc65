package dev.tandem.model.reading;

import dev.tandem.model.Window;
import dev.tandem.model.keys.ViewKeys;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The {@code window} of a view. */
final class WindowReading {
    private final Problems problems;

    WindowReading(Problems problems) {
        this.problems = problems;
    }

    Window window(YamlMap map) {
        map.onlyOneOf(
                ViewKeys.WINDOWS,
                "this window",
                "use tumbling, sliding with every, calendar, session, or global: true");
        map.refuseWithout("every", "sliding");
        map.refuseWithout("zone", "calendar");
        var tumbling = map.duration("tumbling");
        var sliding = map.duration("sliding");
        var every = map.duration("every");
        var calendar = map.converted(
                "calendar", WindowReading::unit, "is not a calendar window", "use hour, day, week or month");
        var zone = map.zone("zone").orElse(ZoneOffset.UTC);
        var session = map.duration("session");
        map.converted("global", WindowReading::yes, "is not a choice", "write global: true");
        map.refuseOthers(ViewKeys.WINDOW);
        try {
            return tumbling.<Window>map(Window.Tumbling::new)
                    .or(() -> sliding.map(size -> new Window.Sliding(size, every.orElse(Duration.ZERO))))
                    .or(() -> calendar.map(unit -> new Window.Calendar(unit, zone)))
                    .or(() -> session.map(Window.Session::new))
                    .orElseGet(Window.Global::new);
        } catch (IllegalArgumentException e) {
            problems.add(
                    map.place(), "this window cannot be cut: " + e.getMessage(), "write e.g. { tumbling: 20 minutes }");
            return new Window.Global();
        }
    }

    private static Optional<Boolean> yes(String text) {
        return text.equals("true") ? Optional.of(true) : Optional.empty();
    }

    private static Optional<ChronoUnit> unit(String text) {
        return switch (text) {
            case "hour" -> Optional.of(ChronoUnit.HOURS);
            case "day" -> Optional.of(ChronoUnit.DAYS);
            case "week" -> Optional.of(ChronoUnit.WEEKS);
            case "month" -> Optional.of(ChronoUnit.MONTHS);
            default -> Optional.empty();
        };
    }
}
