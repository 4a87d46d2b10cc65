package dev.tandem.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What people do on a site: page views, clicks, and sessions that begin and end. The events have no id; the truth names them {@code seed-n}.
 *
 * <p>Laws: users and pages alike, 60 % views, 30 % clicks, 5 % beginnings and 5 % ends of sessions. A script of 600 such events repeats for
 * ever: after the fifth {@code user_A} begins a session, after the fifteenth it ends, and after every twentieth follows one more that
 * happened three minutes before it arrives. Every record takes one spacing.
 */
final class ClickGenerator implements Generator {

    static final List<String> SETTINGS = List.of("users", "pages", "late_every", "late_by");

    private static final List<String> COLUMNS = List.of("event_time", "user_id", "page_url", "event_type");
    private static final String PAGES =
            "/home,/products,/cart,/checkout,/search,/login,/profile,/settings,/about,/contact";
    private static final String SCRIPTED_USER = "user_A";
    private static final int SCRIPT = 600;
    private static final int SCRIPTED_START = 5;
    private static final int SCRIPTED_END = 15;

    private enum Part {
        ANY,
        LATE,
        START,
        END
    }

    private final long seed;
    private final Instant start;
    private final Duration spacing;
    private final int users;
    private final List<String> pages;
    private final Duration lateBy;
    private final List<Part> script;
    private final FlatModel model;

    ClickGenerator(Generation generation) {
        var told = Settings.of(generation);
        seed = generation.seed();
        start = generation.start();
        spacing = generation.spacing();
        users = told.whole("users", 20, 1);
        pages = Stream.of(told.text("pages", PAGES).split(",", -1))
                .map(String::strip)
                .toList();
        lateBy = told.duration("late_by", Duration.ofMinutes(3));
        script = script(told.whole("late_every", 20, 0));
        model = new FlatModel(
                COLUMNS, "user_id", "event_time", "event_time", Cell.NOTHING, IsoTime::millis, generation.form());
    }

    static Feed feed(Generation generation) {
        return new GeneratedFeed(generation, new ClickGenerator(generation));
    }

    private static List<Part> script(int lateEvery) {
        var script = new ArrayList<Part>();
        for (var event = 1; event <= SCRIPT; event++) {
            script.add(Part.ANY);
            if (event == SCRIPTED_START) {
                script.add(Part.START);
            }
            if (event == SCRIPTED_END) {
                script.add(Part.END);
            }
            if (lateEvery > 0 && event % lateEvery == 0) {
                script.add(Part.LATE);
            }
        }
        return List.copyOf(script);
    }

    @Override
    public List<String> columns() {
        return model.header();
    }

    @Override
    public Event event(long number) {
        var random = Chance.CONTENT.of(seed, number);
        var now = start.plusNanos(spacing.toNanos() * number).truncatedTo(ChronoUnit.MILLIS);
        return switch (script.get((int) (number % script.size()))) {
            case ANY -> event(number, now, Fault.NONE, cells(now, user(random), page(random), type(random)));
            case LATE -> {
                var before = now.minus(lateBy);
                yield event(number, before, Fault.LATE, cells(before, user(random), page(random), type(random)));
            }
            case START -> event(number, now, Fault.NONE, cells(now, SCRIPTED_USER, pages.get(0), "session_start"));
            case END -> event(number, now, Fault.NONE, cells(now, SCRIPTED_USER, pages.get(0), "session_end"));
        };
    }

    private Event event(long number, Instant time, Fault fault, List<Cell> cells) {
        return new FlatEvent(model, seed + "-" + number, time, fault, cells);
    }

    private static List<Cell> cells(Instant time, String user, String page, String type) {
        return List.of(Cell.text(IsoTime.millis(time)), Cell.text(user), Cell.text(page), Cell.text(type));
    }

    private String user(SplittableRandom random) {
        return "user_" + random.nextInt(1, users + 1);
    }

    private String page(SplittableRandom random) {
        return pages.get(random.nextInt(pages.size()));
    }

    private static String type(SplittableRandom random) {
        var percent = random.nextInt(100);
        if (percent < 60) {
            return "page_view";
        }
        return percent < 90 ? "click" : percent < 95 ? "session_start" : "session_end";
    }
}
