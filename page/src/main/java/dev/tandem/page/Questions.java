package dev.tandem.page;

import dev.tandem.page.data.DifferenceQuery;
import dev.tandem.page.data.RecordAsked;
import dev.tandem.page.data.RowAsked;
import dev.tandem.page.data.Unanswerable;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what is asked for from the query of an address. */
final class Questions {
    private static final String KEY = "key.";
    private static final int PAGE = 50;
    private static final int RECORDS = 5;
    private static final int MOST_RECORDS = 200;
    private static final int LAST = 100_000;

    private Questions() {}

    static DifferenceQuery differences(Context context) {
        return new DifferenceQuery(
                text(context, "view").orElse(""),
                text(context, "cause").orElse(""),
                text(context, "start").orElse(""),
                text(context, "find").orElse(""),
                order(text(context, "order").orElse("")),
                Math.min(LAST, number(context, "from").orElse(0)),
                Api.count(context, PAGE));
    }

    private static DifferenceQuery.Order order(String word) {
        for (var order : DifferenceQuery.Order.values()) {
            if (order.name().toLowerCase(Locale.ROOT).equals(word)) {
                return order;
            }
        }
        return DifferenceQuery.Order.PERCENT;
    }

    static RowAsked row(Context context) {
        return new RowAsked(
                text(context, "view"),
                key(context),
                text(context, "window").map(Questions::time),
                number(context, "row"),
                Math.max(1, Math.min(MOST_RECORDS, number(context, "records").orElse(RECORDS))));
    }

    static String delay(Context context) {
        return text(context, "delay")
                .orElseThrow(() -> new Unanswerable("Cannot try a delay: name one with delay=5m, or delay=+90s"));
    }

    private static Map<String, String> key(Context context) {
        var key = new LinkedHashMap<String, String>();
        context.queryParamMap().forEach((name, values) -> {
            if (name.startsWith(KEY) && !values.isEmpty()) {
                key.put(name.substring(KEY.length()), values.get(0));
            }
        });
        return key;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Unanswerable(
                    "Cannot read the window '%s': write a time such as 2026-01-31T12:05:00Z".formatted(text), e);
        }
    }

    static RecordAsked record(Context context) {
        return text(context, "at")
                .<RecordAsked>map(RecordAsked.At::new)
                .or(() -> text(context, "file").map(RecordAsked.InFile::new))
                .or(() -> text(context, "where").map(RecordAsked.Where::new))
                .orElseThrow(
                        () -> new Unanswerable(
                                "Cannot trace a record: name one with at=partition:position, file=name:line or where=condition"));
    }

    /** Empty where it is missing or says nothing. */
    private static Optional<String> text(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(it -> !it.isBlank());
    }

    private static Optional<Integer> number(Context context, String name) {
        return text(context, name).filter(it -> it.matches("\\d{1,6}")).map(Integer::parseInt);
    }
}
