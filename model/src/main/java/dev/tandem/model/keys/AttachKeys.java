package dev.tandem.model.keys;

import static dev.tandem.model.keys.Scalars.TEXT;
import static dev.tandem.model.keys.Scalars.ZONE;

/** The keys of {@code attach}: the tables of jobs that are not Tandem's. They are read by the module that compares such tables. */
public final class AttachKeys {
    private static final Value NAMES = Value.exactly(
            "map of column to column", "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}");

    public static final Section FOREIGN = Section.of(
            "foreignTable",
            Key.of(
                            "from",
                            TEXT.called("side"),
                            "Path or address of the table, as a side of `tandem diff`.",
                            "lake/*.parquet")
                    .required(),
            Key.of("query", TEXT.called("SQL"), "SQL that is sent to the database.", "SELECT * FROM live WHERE current")
                    .otherwise("the whole table"),
            Key.of("where", TEXT.called("condition"), "Only these rows, in DuckDB's SQL.", "\"hour < '2026-03-01'\"")
                    .otherwise("all rows"),
            Key.of("zone", ZONE, "Time zone of times that name none.", "Asia/Kolkata")
                    .usually("UTC"),
            Key.of(
                            "columns",
                            NAMES,
                            "What this table calls a column, by the view's name of it.",
                            "{ window_start: hour }")
                    .otherwise("those of the view"));

    private static final Value TABLE =
            Value.choice("object", Value.of(FOREIGN), Scalars.ANY_TEXT).called("side, or map");

    public static final Section ATTACHED = Section.of(
                    "attached",
                    Key.of(
                                    "stream",
                                    TABLE,
                                    "Table of the streaming job.",
                                    "dashboard.csv",
                                    "{ from: \"postgres://user@host:5432/db?table=live\", columns: { window_start: hour } }")
                            .otherwise("required without `batch`"),
                    Key.of("batch", TABLE, "Table of the nightly job.", "nightly.csv")
                            .otherwise("required without `stream`"),
                    Key.of("columns", NAMES, "What both tables call a column.", "{ window_start: hour }")
                            .otherwise("the view's own names"),
                    Key.of(
                                    "tolerance",
                                    Value.exactly(
                                            "tolerance, or map of column to tolerance",
                                            "{\"type\": [\"string\", \"number\", \"object\"]}"),
                                    "What still counts as equal: `0.01`, `1e-9 relative` or `1%`; for all numbers, or by column.",
                                    "1%",
                                    "{ revenue: \"0.01\" }")
                            .otherwise("none; doubles a billionth"),
                    Key.of(
                            "ignore",
                            Value.exactly("measure, or list of measures", "{\"type\": [\"string\", \"array\"]}"),
                            "Measures that are not compared.",
                            "loaded_by",
                            "[revenue]"))
            .where("\"anyOf\": [{\"required\": [\"stream\"]}, {\"required\": [\"batch\"]}]");

    private AttachKeys() {}
}
