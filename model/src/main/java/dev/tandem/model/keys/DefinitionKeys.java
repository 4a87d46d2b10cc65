package dev.tandem.model.keys;

import static dev.tandem.model.keys.Scalars.ANY_TEXT;
import static dev.tandem.model.keys.Scalars.NAME;
import static dev.tandem.model.keys.Scalars.TEXT;
import static dev.tandem.model.keys.Scalars.ZONE;

/** The top level of a definition, and through it every section there is. */
public final class DefinitionKeys {
    public static final Section TIME = Section.of(
            "time",
            Key.of("event", NAME.called("field"), "The TIMESTAMP field that says when an event happened.", "created_at")
                    .required(),
            Key.of("zone", ZONE, "Time zone in which reports and pages show times.", "Asia/Kolkata")
                    .usually("UTC"));

    private static final Section WITHOUT_PROFILES = Section.of(
                    "definition",
                    Key.of("pipeline", NAME, "The pipeline's name, also the name of its folder.", "tweets")
                            .required(),
                    Key.of("about", ANY_TEXT, "One sentence for people.", "Hashtags per 20 minutes")
                            .otherwise("empty"),
                    Key.of(
                                    "time",
                                    Value.of(TIME),
                                    "Event time, and the zone for people.",
                                    "{ event: created_at, zone: Asia/Kolkata }")
                            .required(),
                    Key.of(
                                    "source",
                                    SourceKeys.ANY,
                                    "Where records come from: a topic or a folder of files; with `attach` also a table or Parquet files.",
                                    "{ kafka: raw_feed }",
                                    "{ files: data/input, max_files: 2 }",
                                    "{ table: raw_orders, in: shop.duckdb, arrived_at: received_at }")
                            .required(),
                    Key.of(
                                    "schema",
                                    TEXT,
                                    "Fields of a record with their types; other fields are not read.",
                                    "id STRING NOT NULL, at TIMESTAMP",
                                    "\"level STRING FROM 'log.level', at TIMESTAMP EPOCH MILLIS FROM '$.meta.ts'\"",
                                    "\"user STRING FROM KEY, tenant STRING FROM HEADER 'tenant', at TIMESTAMP\"")
                            .required(),
                    Key.of(
                            "dimensions",
                            Value.mapOf(Value.of(StepKeys.DIMENSION), 0),
                            "Tables to join with, by name.",
                            "{ customers: { csv: data/customers.csv, key: customer_id, schema: \"customer_id STRING, segment STRING\" } }"),
                    Key.of(
                            "steps",
                            Value.listOf(Value.of(StepKeys.STEP), 0).called("list of steps"),
                            "What happens to each record before the views, in the order written.",
                            "[{ watermark: { delay: 2 minutes } }, { keep: likes > 0 }]"),
                    Key.of(
                                    "views",
                                    Value.mapOf(ViewKeys.ANY, 1).called("map of name to view"),
                                    "Results: keys and measures for each window, or the first rows of another view.",
                                    "{ per_hour: { window: { tumbling: 1 hour }, measures: { n: count(*) } } }")
                            .required(),
                    Key.of(
                                    "outputs",
                                    Value.listOf(OutputKeys.any(), 1).called("list of outputs"),
                                    "Where rows and records are written.",
                                    "[{ view: per_hour, table: \"${mode}_per_hour\", in: mysql }]")
                            .otherwise("required without `attach`"),
                    Key.of(
                            "attach",
                            Value.mapOf(Value.of(AttachKeys.ATTACHED), 1).called("map of view to tables"),
                            "Tables of other jobs that claim to hold the views, in the place of `outputs`.",
                            "{ per_hour: { stream: dashboard.csv, batch: nightly.csv } }"),
                    Key.of(
                                    "stream",
                                    Value.of(PlanKeys.STREAM),
                                    "How the stream runs.",
                                    "{ trigger: 1 second, max_records: 50000 }")
                            .otherwise("defaults of its keys"),
                    Key.of(
                                    "batch",
                                    Value.of(PlanKeys.BATCH),
                                    "When the batch runs.",
                                    "{ schedule: { cron: \"55 23 * * *\", zone: UTC } }")
                            .otherwise("no schedule"),
                    Key.of(
                                    "parity",
                                    Value.of(PlanKeys.PARITY),
                                    "How equal the two modes must be.",
                                    "{ tolerance: { default: exact } }")
                            .otherwise("exact"),
                    Key.of(
                            "targets",
                            Value.of(PlanKeys.TARGETS),
                            "What `verify` asks of the pipeline.",
                            "{ parity: 1%, latency_p95: 5 seconds, throughput: 100/s }"),
                    Key.of(
                            "generate",
                            Value.of(PlanKeys.GENERATE),
                            "A synthetic feed to try the pipeline with.",
                            "{ model: tweets, rate: 120/s, seed: 42 }"))
            .where(Rules.exactlyOne("outputs", "attach"));

    /** The keys that a profile may replace. */
    public static final Section PROFILE = WITHOUT_PROFILES
            .without("profile", "pipeline", "time")
            .optional("that of the definition")
            .where();

    public static final Section ALL = WITHOUT_PROFILES.with(Key.of(
            "profiles",
            Value.mapOf(Value.of(PROFILE), 0),
            "Other values of top-level keys, under the name of the profile that chooses them.",
            "{ kafka: { source: { kafka: ecommerce-orders } } }"));

    private DefinitionKeys() {}
}
