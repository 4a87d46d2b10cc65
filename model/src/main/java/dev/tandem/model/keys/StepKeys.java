package dev.tandem.model.keys;

import static dev.tandem.model.keys.Rules.exactlyOne;
import static dev.tandem.model.keys.Rules.single;
import static dev.tandem.model.keys.Scalars.ANY_TEXT;
import static dev.tandem.model.keys.Scalars.CONDITION;
import static dev.tandem.model.keys.Scalars.EXPRESSIONS;
import static dev.tandem.model.keys.Scalars.FILE;
import static dev.tandem.model.keys.Scalars.PLAIN;
import static dev.tandem.model.keys.Scalars.TEXT;
import static dev.tandem.model.keys.Scalars.TIME;
import static dev.tandem.model.keys.Scalars.TIME_ABOVE_ZERO;

import dev.tandem.model.Dedup;

/** The keys of {@code steps} and of the {@code dimensions} that they join. */
public final class StepKeys {
    public static final Section DIMENSION = Section.of(
                    "dimension",
                    Key.of("csv", FILE, "CSV file with a header.", "data/customers.csv")
                            .otherwise("required without `json`"),
                    Key.of("json", FILE, "File with one JSON object a line.", "data/products.jsonl")
                            .otherwise("required without `csv`"),
                    Key.of(
                                    "key",
                                    Value.choice("string", ANY_TEXT, Value.listOf(ANY_TEXT, 1))
                                            .called("field, or list of fields"),
                                    "Fields that identify a row; a record has fields of the same names.",
                                    "customer_id",
                                    "[shop, product_id]")
                            .required(),
                    Key.of(
                                    "schema",
                                    TEXT,
                                    "Fields of a row with their types, as for records.",
                                    "\"customer_id STRING, segment STRING\"")
                            .required())
            .where(exactlyOne("csv", "json"));

    public static final Section VALUE_MAP = Section.of(
                    "valueMap",
                    Key.of(
                            "normalize",
                            Value.listOf(Value.oneOf("trim", "lower", "upper"), 0),
                            "What is done to the text, in this order.",
                            "[trim, lower]"),
                    Key.of(
                            "values",
                            Value.exactly(
                                    "map of text to text",
                                    "{\"type\": \"object\", \"additionalProperties\": %s}".formatted(PLAIN.schema())),
                            "Replacements, after `normalize`; other texts stay as they are.",
                            "{ done: completed }"))
            .where("\"minProperties\": 1");

    public static final Section WATERMARK = Section.of(
            "watermark",
            Key.of("delay", TIME_ABOVE_ZERO, "How far the watermark is behind the newest event.", "2 minutes")
                    .required(),
            Key.of(
                            "max_future",
                            TIME,
                            "How far an event may be ahead of its arrival before it is quarantined; in whole seconds.",
                            "1 minute")
                    .usually("5 minutes"),
            Key.of("idle_close", TIME, "Closes windows when the source has been silent for this long.", "30 seconds")
                    .otherwise("never"));

    public static final Section DEDUP = Section.of(
            "dedup",
            Key.of(
                            "by",
                            Value.listOf(ANY_TEXT, 1).called("list of columns"),
                            "Columns that identify duplicates.",
                            "[tweet_id]")
                    .required(),
            Key.of(
                            "keep",
                            Value.oneOf(Dedup.Keep.values()),
                            "Which of several duplicates counts, by the order of the log.",
                            "last")
                    .usually("first"),
            Key.of(
                            "nulls",
                            Value.oneOf(Dedup.Nulls.values()),
                            "`distinct`: a record with a null in its key is a duplicate of none. `equal`: null is a value like any other.",
                            "equal")
                    .usually("distinct"),
            Key.of(
                            "within",
                            Value.exactly(
                                    "time, or `forever`",
                                    "{\"anyOf\": [{\"$ref\": \"#/$defs/duration\"}, {\"const\": \"forever\"}]}"),
                            "How long a key is remembered, in event time past the watermark.",
                            "30 minutes",
                            "forever")
                    .required());

    public static final Section STEP = Section.of(
                    "step",
                    Key.of(
                            "set",
                            EXPRESSIONS,
                            "Computes fields; a later one sees the earlier ones.",
                            "{ amount: price * quantity }"),
                    Key.of(
                            "map",
                            new Value(
                                    "map of field to map",
                                    "{\"type\": \"object\", \"minProperties\": 1, \"additionalProperties\": {\"$ref\": \"#/$defs/valueMap\"}}",
                                    java.util.List.of(new Value.Nested("", VALUE_MAP, 1)),
                                    java.util.List.of()),
                            "Brings several spellings of a text to one.",
                            "{ status: { normalize: [trim, lower], values: { done: completed } } }"),
                    Key.of(
                            "require",
                            EXPRESSIONS.called("map of rule to condition"),
                            "Quarantines a record for which a rule is not true, under the rule's name; `not_null_all` asks a value"
                                    + " of every field of the schema.",
                            "{ missing_id: id IS NOT NULL, complete: not_null_all }"),
                    Key.of("keep", CONDITION, "Keeps the records for which this is true.", "likes > 0"),
                    Key.of("drop", CONDITION, "Drops the records for which this is true.", "likes < 0"),
                    Key.of(
                            "split",
                            new Value(
                                    "map of branch to condition",
                                    "{\"$ref\": \"#/$defs/expressions\", \"minProperties\": 1, \"propertyNames\": {\"not\": {\"enum\": [\"events\", \"quarantine\"]}}}",
                                    java.util.List.of(),
                                    java.util.List.of()),
                            "Sends a record to the first branch whose condition is true, as a side output, and to no view.",
                            "{ cancelled: status = 'cancelled' }"),
                    Key.of(
                            "join",
                            Value.choice("string", ANY_TEXT, Value.listOf(ANY_TEXT, 0))
                                    .called("dimension, or list of dimensions"),
                            "Adds the fields of a dimension's row; they are null where there is none for the key.",
                            "customers",
                            "[customers, products]"),
                    Key.of(
                            "watermark",
                            Value.of(WATERMARK),
                            "How late an event may be.",
                            "{ delay: 2 minutes, max_future: 1 minute, idle_close: 30 seconds }"),
                    Key.of(
                            "dedup",
                            Value.of(DEDUP),
                            "Counts each key once.",
                            "{ by: [tweet_id], keep: first, within: 30 minutes }"))
            .where(single());

    private StepKeys() {}
}
