package dev.tandem.model.keys;

import static dev.tandem.model.keys.Rules.exactlyOne;
import static dev.tandem.model.keys.Rules.needs;
import static dev.tandem.model.keys.Scalars.COUNT;
import static dev.tandem.model.keys.Scalars.FILE;
import static dev.tandem.model.keys.Scalars.NAME;
import static dev.tandem.model.keys.Scalars.PERCENT;
import static dev.tandem.model.keys.Scalars.PLAIN;
import static dev.tandem.model.keys.Scalars.RATE;
import static dev.tandem.model.keys.Scalars.SHARE;
import static dev.tandem.model.keys.Scalars.TEXT;
import static dev.tandem.model.keys.Scalars.TIME;
import static dev.tandem.model.keys.Scalars.TIMES;
import static dev.tandem.model.keys.Scalars.TIME_ABOVE_ZERO;
import static dev.tandem.model.keys.Scalars.ZONE;

import dev.tandem.model.Plans;
import java.util.List;

/** The keys of {@code stream}, {@code batch}, {@code parity}, {@code targets} and {@code generate}. */
public final class PlanKeys {
    private static final Value EMIT = Value.oneOf("update", "closed");

    public static final Section STREAM = Section.of(
            "stream",
            Key.of("trigger", TIME, "Time between two micro-batches.", "1 second")
                    .usually("1 second"),
            Key.of("max_records", COUNT, "The most records of one micro-batch.", "50000")
                    .usually("50000"),
            Key.of(
                            "emit",
                            new Value(
                                    "`update`, `closed`, or map of view to one of them",
                                    "{\"if\": {\"type\": \"object\"}, \"then\": {\"type\": \"object\", \"additionalProperties\": %s}, \"else\": %s}"
                                            .formatted(EMIT.schema(), EMIT.schema()),
                                    List.of(),
                                    EMIT.words()),
                            "When a row is written. `update`: whenever it changes. `closed`: when its window has closed. A map has a"
                                    + " word for each view, and `default` for the others.",
                            "closed",
                            "{ user_sessions: closed, default: update }")
                    .usually("update"),
            Key.of(
                            "retry_for",
                            TIME,
                            "How long the stream waits for a broker or database that is away before it ends with exit code 4; `0 s`:"
                                    + " it ends at once.",
                            "1 hour")
                    .usually("10 minutes"),
            Key.of("log", FILE, "File to which each micro-batch appends a line.", "logs/stream.log"));

    public static final Section SCHEDULE = Section.of(
                    "schedule",
                    Key.of(
                                    "cron",
                                    TEXT.called("cron line"),
                                    "Minute, hour, day, month, weekday; where both days are restricted, either is enough.",
                                    "\"55 23 * * *\"")
                            .otherwise("required without `every`"),
                    Key.of("zone", ZONE, "Time zone of the cron line.", "Asia/Kolkata")
                            .usually("UTC"),
                    Key.of("every", TIME_ABOVE_ZERO, "Interval, counted from 1970 in UTC.", "10 minutes")
                            .otherwise("required without `cron`"))
            .where(exactlyOne("cron", "every"), needs("zone", "cron"));

    public static final Section BATCH = Section.of(
            "batch",
            Key.of(
                            "schedule",
                            Value.of(SCHEDULE),
                            "When the batch runs by itself.",
                            "{ cron: \"55 23 * * *\", zone: Asia/Kolkata }",
                            "{ every: 10 minutes }")
                    .otherwise("no schedule"),
            Key.of("log", FILE, "File to which each run appends a line.", "logs/batch.log"));

    private static final String TOLERANCE = """
            {"type": "string", "pattern": "^(exact|\\\\s*[0-9]{1,18}(\\\\.[0-9]{1,18})?([eE]-?[0-9]{1,2})?\\\\s*(absolute|relative|%)\\\\s*)$"}""";

    public static final Section PARITY = Section.of(
            "parity",
            Key.of(
                            "tolerance",
                            Value.exactly(
                                    "map of column to tolerance",
                                    "{\"type\": \"object\", \"additionalProperties\": %s}".formatted(TOLERANCE)),
                            "Allowed difference of a measure or derived column: `exact`, `1%`, `0.5 absolute` or `1e-9 relative`;"
                                    + " `default` is for the others.",
                            "{ default: exact, avg_likes: 1e-9 relative }")
                    .usually("{ default: exact }"),
            Key.of(
                            "report",
                            Scalars.ANY_TEXT.called("folder"),
                            "Folder of the comparison's report.",
                            "comparison/output")
                    .usually("comparison/output"));

    public static final Section ALERT = Section.of(
            "alert",
            Key.of(
                            "webhook",
                            TEXT.called("address"),
                            "An `http` or `https` address. With the variable `TANDEM_ALERT_SECRET` the body is signed.",
                            "\"https://hooks.example.com/tandem\"")
                    .required(),
            Key.of(
                            "when",
                            Value.oneOf(Plans.Alert.When.values()),
                            "`failed`: the modes disagree, or a target is missed. `changed`: the outcome is another one than in the"
                                    + " comparison before. `always`: after each comparison.",
                            "changed")
                    .usually("failed"));

    public static final Section TARGETS = Section.of(
            "targets",
            Key.of("parity", PERCENT, "The largest weighted mean difference.", "1%")
                    .otherwise("not checked"),
            Key.of(
                            "measures",
                            Value.mapOf(PERCENT, 1).called("map of column to percent"),
                            "The largest weighted mean difference of single measures or derived columns.",
                            "{ takings: 0.1%, n: 0% }")
                    .otherwise("not checked"),
            Key.of("latency_p95", TIME, "How long 95 % of records may take from arrival to committed row.", "5 seconds")
                    .otherwise("not checked"),
            Key.of("throughput", RATE, "How many records a second the stream must process.", "100/s")
                    .otherwise("not checked"),
            Key.of(
                            "alert",
                            Value.of(ALERT),
                            "Address to which a comparison is posted as JSON.",
                            "{ webhook: \"https://hooks.example.com/tandem\" }")
                    .otherwise("nobody is told"));

    public static final Section FAULT = Section.of(
                    "fault",
                    Key.of("share", SHARE, "Share of the records.", "2%").otherwise("required without `every`"),
                    Key.of("every", COUNT.called("whole number"), "One record in so many.", "20")
                            .otherwise("required without `share`"),
                    Key.of("delay", TIMES, "By how much: from and to, or one time.", "10s..10m", "3 minutes")
                            .otherwise("`1s..1m`"))
            .where(exactlyOne("share", "every"));

    public static final Section PACE = Section.of(
                    "pace",
                    Key.of("batch", COUNT.called("whole number"), "How many records are sent at once.", "100")
                            .required(),
                    Key.of("sleep", TIMES, "Pause before the next ones, from and to.", "1s..3s")
                            .otherwise("required without `every`"),
                    Key.of("every", TIME, "Pause, where it is always the same.", "10 seconds")
                            .otherwise("required without `sleep`"))
            .where(exactlyOne("sleep", "every"));

    private static final Value SETTING = Value.exactly("value, or list of values", """
            {"description": "A setting of this generator.", "examples": [10000, "1s..3s"], "if": {"type": "array"}, \
            "then": {"items": %1$s}, "else": %1$s}""".formatted(PLAIN.schema()));

    public static final Section GENERATE = Section.of(
                    "generate",
                    Key.of("model", TEXT.called("name"), "The generator.", "tweets")
                            .required(),
                    Key.of("rate", RATE, "Records a second.", "120/s").usually("100/s"),
                    Key.of(
                                    "seed",
                                    Value.exactly("whole number", "{\"type\": \"integer\"}"),
                                    "Equal seeds give equal records.",
                                    "42")
                            .usually("1"),
                    Key.of(
                            "faults",
                            Value.mapOf(Value.choice("object", Value.of(FAULT), SHARE), 0)
                                    .called("map of fault to share or map"),
                            "Faults to inject, each with a share of the records, or with its delay.",
                            "{ late: { share: 2%, delay: 10s..10m }, malformed: 0.1% }",
                            "{ late: { every: 20, delay: 3 minutes } }"),
                    Key.of(
                                    "pace",
                                    Value.of(PACE),
                                    "Sends records in batches, in the place of a steady rate.",
                                    "{ batch: 100, sleep: 1s..3s }",
                                    "{ batch: 15, every: 10 seconds }")
                            .otherwise("steady"))
            .where("\"propertyNames\": %s".formatted(NAME.schema()))
            .open(SETTING);

    private PlanKeys() {}
}
