package dev.tandem.model.keys;

import static dev.tandem.model.keys.Rules.exactlyOne;
import static dev.tandem.model.keys.Rules.needs;
import static dev.tandem.model.keys.Scalars.CONDITION;
import static dev.tandem.model.keys.Scalars.COUNT;
import static dev.tandem.model.keys.Scalars.EXPRESSIONS;
import static dev.tandem.model.keys.Scalars.NAME;
import static dev.tandem.model.keys.Scalars.TEXT;
import static dev.tandem.model.keys.Scalars.TIME_ABOVE_ZERO;
import static dev.tandem.model.keys.Scalars.YES;
import static dev.tandem.model.keys.Scalars.ZONE;

import dev.tandem.model.Chart;
import dev.tandem.model.Measure;
import java.util.List;
import java.util.stream.Collectors;

/** The keys of {@code views}. */
public final class ViewKeys {
    /** The kinds of windows. */
    public static final List<String> WINDOWS = List.of("tumbling", "sliding", "calendar", "session", "global");

    public static final Section EXPLODE = Section.of(
            "explode",
            Key.of("each", TEXT.called("expression"), "The list.", "array_distinct(hashtags)")
                    .required(),
            Key.of("as", NAME, "Name of its element.", "hashtag").required());

    public static final Section WINDOW = Section.of(
                    "window",
                    Key.of(
                            "tumbling",
                            TIME_ABOVE_ZERO,
                            "Windows of this length, one after the other, aligned to UTC.",
                            "20 minutes"),
                    Key.of(
                            "sliding",
                            TIME_ABOVE_ZERO,
                            "Windows of this length that overlap, aligned to UTC.",
                            "1 hour"),
                    Key.of(
                                    "every",
                                    TIME_ABOVE_ZERO,
                                    "How often a sliding window begins; at most its length.",
                                    "10 minutes")
                            .otherwise("required with `sliding`"),
                    Key.of(
                            "calendar",
                            Value.oneOf("hour", "day", "week", "month"),
                            "Hours, days, weeks (from Monday) or months as the clocks of the zone show them; a day may have 23 or 25"
                                    + " hours.",
                            "day"),
                    Key.of("zone", ZONE, "Time zone of a calendar window.", "Europe/Berlin")
                            .usually("UTC"),
                    Key.of(
                            "session",
                            TIME_ABOVE_ZERO,
                            "Sessions of each key: a session ends when no event has come for this long.",
                            "30 minutes"),
                    Key.of("global", YES, "One window over everything, which never closes.", "true"))
            .where(
                    exactlyOne(WINDOWS.toArray(String[]::new)),
                    needs("sliding", "every", "every", "sliding", "zone", "calendar"));

    private static final Value COLUMN = NAME.called("column");

    public static final Section CHART = Section.of(
            "chart",
            Key.of(
                            "kind",
                            Value.oneOf(Chart.Kind.values()),
                            "`line`: one number for each window. `bar`: the keys of one window. `price`: a value between its lowest"
                                    + " and highest. `steps`: several columns side by side.",
                            "line")
                    .required(),
            Key.of("value", COLUMN, "Measure or derived column that is drawn first.", "avg_price")
                    .otherwise("the first that can be; required with `price`"),
            Key.of("low", COLUMN, "Lowest value, of the kind `price`.", "min_price")
                    .otherwise("required with `price`"),
            Key.of("high", COLUMN, "Highest value, of the kind `price`.", "max_price")
                    .otherwise("required with `price`"),
            Key.of("volume", COLUMN, "What is drawn below a price.", "total_volume"),
            Key.of(
                    "sides",
                    Value.listOf(NAME, 2).called("list of two columns"),
                    "Two columns that are drawn against each other.",
                    "[buy_count, sell_count]"),
            Key.of(
                            "steps",
                            Value.listOf(NAME, 2).called("list of columns"),
                            "Columns in the order of the way that they count, of the kind `steps`.",
                            "[views, clicks, buys]")
                    .otherwise("required with `steps`"));

    public static final Section GROUPED = Section.of(
            "groupedView",
            Key.of(
                    "explode",
                    Value.of(EXPLODE),
                    "Makes one row of each element of a list.",
                    "{ each: array_distinct(hashtags), as: hashtag }"),
            Key.of("where", CONDITION, "Which records this view counts.", "kind = 'buy'")
                    .otherwise("all records"),
            Key.of("window", Value.of(WINDOW), "How event time is divided.", "{ tumbling: 20 minutes }")
                    .usually("{ global: true }"),
            Key.of(
                            "by",
                            Value.choice(
                                            "object",
                                            EXPRESSIONS,
                                            Value.exactly(
                                                    "list of names",
                                                    "{\"type\": \"array\", \"uniqueItems\": true, \"items\": {\"$ref\": \"#/$defs/name\"}}"))
                                    .called("list of columns, or map of name to expression"),
                            "Key columns.",
                            "[hashtag]",
                            "{ day: to_date(created_at) }")
                    .otherwise("no key"),
            Key.of("measures", measures(), "What is computed for each window and key.", "{ n: count(*) }")
                    .required(),
            Key.of(
                    "derive",
                    Value.exactly(
                            "map of name to expression",
                            "{\"$ref\": \"#/$defs/expressions\", \"propertyNames\": {\"$ref\": \"#/$defs/column\"}}"),
                    "Columns computed from `window_start`, `window_end`, keys, measures and the derived columns above.",
                    "{ ratio: buys / sells }"),
            Key.of(
                            "having",
                            CONDITION,
                            "Which rows there are; a row for which it is not true is not shown.",
                            "buys > 0")
                    .otherwise("all rows"),
            Key.of(
                            "chart",
                            Value.of(CHART),
                            "How the view is drawn in the web UI; changes no number.",
                            "{ kind: line, value: tweets }",
                            "{ kind: price, value: avg_price, low: min_price, high: max_price, volume: total_volume }")
                    .otherwise("by its window, keys and measures"));

    public static final Section TOP = Section.of(
            "top",
            Key.of("n", COUNT, "How many rows.", "10").required(),
            Key.of("per", Value.oneOf("window"), "The first rows of each window.", "window")
                    .usually("window"),
            Key.of(
                    "order",
                    Value.listOf(Value.exactly("order", """
                                            {"type": "string", "pattern": "^\\\\s*[A-Za-z_][A-Za-z0-9_]*(\\\\s+([Aa][Ss][Cc]|[Dd][Ee][Ss][Cc]))?\\\\s*$"}"""), 0)
                            .called("list of `column`, `column asc`, `column desc`"),
                    "Keys, measures and derived columns of the ranked view; ties are ordered by its whole key.",
                    "[mentions desc, hashtag asc]"));

    public static final Section RANKED = Section.of(
            "topView",
            Key.of("from", NAME, "View to rank: a grouped view above, but not one of sessions.", "window_stats")
                    .required(),
            Key.of(
                            "top",
                            Value.of(TOP),
                            "Which of its rows.",
                            "{ n: 10, per: window, order: [mentions desc, hashtag asc] }")
                    .required());

    static final Value ANY = Value.when("from", RANKED, Value.of(GROUPED));

    private ViewKeys() {}

    /** A call of one of the measures there are, in letters of either case. */
    private static Value measures() {
        var words = Measure.Kind.words().stream().map(ViewKeys::eitherCase).collect(Collectors.joining("|"));
        return Value.exactly("map of name to measure", """
                {"type": "object", "minProperties": 1, "propertyNames": {"$ref": "#/$defs/column"}, \
                "additionalProperties": {"type": "string", "pattern": "^\\\\s*(%s)\\\\s*\\\\([\\\\s\\\\S]*\\\\S[\\\\s\\\\S]*\\\\)\\\\s*$"}}""".formatted(words));
    }

    private static String eitherCase(String word) {
        return word.chars()
                .mapToObj(letter -> Character.isLetter(letter)
                        ? "[%c%c]".formatted(letter - 'a' + 'A', letter)
                        : String.valueOf((char) letter))
                .collect(Collectors.joining());
    }
}
