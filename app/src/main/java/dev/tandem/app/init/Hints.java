package dev.tandem.app.init;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name of a field says of its meaning, judged by the words that it is made of. */
final class Hints {
    private static final List<String> EVENT_TIMES = List.of(
            "event time",
            "eventtime",
            "event timestamp",
            "occurred at",
            "happened at",
            "timestamp",
            "time",
            "ts",
            "created at",
            "created",
            "datetime",
            "date time",
            "at",
            "t");
    private static final Set<String> TIME = Set.of(
            "time",
            "timestamp",
            "stamp",
            "date",
            "datetime",
            "ts",
            "at",
            "created",
            "occurred",
            "when",
            "epoch",
            "millis");
    private static final Set<String> OTHER_TIME = Set.of(
            "updated",
            "modified",
            "deleted",
            "expires",
            "expiry",
            "birth",
            "due",
            "end",
            "valid",
            "delivered",
            "shipped",
            "until",
            "ingested",
            "processed",
            "loaded",
            "received");
    private static final Set<String> EXACT_KEYS = Set.of(
            "id",
            "uuid",
            "guid",
            "key",
            "event id",
            "message id",
            "record id",
            "order id",
            "transaction id",
            "tweet id",
            "trade id",
            "tx id",
            "tx hash",
            "request id");
    private static final Set<String> KEYS = Set.of(
            "id", "no", "nr", "number", "uuid", "guid", "key", "code", "hash", "ref", "zip", "phone", "sku", "isbn",
            "str");
    private static final Set<String> NOT_IDS = Set.of(
            "paid", "prepaid", "valid", "invalid", "void", "grid", "bid", "mid", "avoid", "solid", "liquid", "covid");
    private static final Set<String> GROUPS = Set.of(
            "type",
            "kind",
            "status",
            "state",
            "country",
            "category",
            "channel",
            "side",
            "symbol",
            "level",
            "region",
            "lang",
            "language",
            "currency",
            "method",
            "event",
            "action",
            "source",
            "platform",
            "device",
            "host",
            "service",
            "product",
            "namespace",
            "class",
            "group",
            "city",
            "department",
            "segment");
    private static final Set<String> NO_MEASURES = Set.of(
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "lat",
            "lon",
            "lng",
            "latitude",
            "longitude",
            "version",
            "port",
            "status",
            "index",
            "offset",
            "partition",
            "age");
    private static final Pattern BORDER =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+");

    private Hints() {}

    private static List<String> words(String name) {
        return Arrays.stream(BORDER.split(name))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String last(String name) {
        var words = words(name);
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    /** The smaller, the more likely {@code name} is that of the event time. */
    static int eventTime(String name) {
        int exact = EVENT_TIMES.indexOf(String.join(" ", words(name)));
        if (exact >= 0) {
            return exact;
        }
        return words(name).stream().anyMatch(OTHER_TIME::contains) ? 200 : 100;
    }

    /** Whether numbers of this name may be times. */
    static boolean time(String name) {
        return EVENT_TIMES.contains(String.join(" ", words(name))) || TIME.contains(last(name));
    }

    /** Whether records may be called by values of this name: 0 for sure, 1 perhaps, 2 not. */
    static int key(String name) {
        return EXACT_KEYS.contains(String.join(" ", words(name))) ? 0 : identifies(name) ? 1 : 2;
    }

    /** Whether what looks like a number is rather a name, which nobody adds up. */
    static boolean identifies(String name) {
        var last = last(name);
        return KEYS.contains(last) || (last.length() > 3 && last.endsWith("id") && !NOT_IDS.contains(last));
    }

    /** Whether people group by values of this name. */
    static boolean group(String name) {
        return words(name).stream().anyMatch(GROUPS::contains);
    }

    /** Whether a sum over numbers of this name says something. */
    static boolean measure(String name) {
        return !identifies(name) && !NO_MEASURES.contains(last(name));
    }
}
