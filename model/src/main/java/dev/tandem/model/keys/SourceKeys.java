package dev.tandem.model.keys;

import static dev.tandem.model.keys.Scalars.ANY_TEXT;
import static dev.tandem.model.keys.Scalars.COUNT;
import static dev.tandem.model.keys.Scalars.DATABASE;
import static dev.tandem.model.keys.Scalars.FILE;
import static dev.tandem.model.keys.Scalars.FOLDER;
import static dev.tandem.model.keys.Scalars.NAME;
import static dev.tandem.model.keys.Scalars.TEXT;
import static dev.tandem.model.keys.Scalars.TRUTH;
import static dev.tandem.model.keys.Scalars.ZONE;

import dev.tandem.model.Source;
import java.util.List;

/** The keys of {@code source}: a topic or a folder, its format, and where its records land; rows of others, for {@code attach}. */
public final class SourceKeys {
    /** The formats that are built in, as definitions name them. */
    public static final List<String> FORMATS = List.of("json", "csv", "avro");

    /** The kinds of sources, each by the key that tells it. */
    public static final List<String> KINDS = List.of("kafka", "files", "table", "parquet");

    /** One kind of format; only an extension's has {@code with}. */
    private static final String ONE_FORMAT =
            "\"if\": {\"required\": [\"extension\"]}, \"then\": {\"propertyNames\": {\"enum\": [\"extension\", \"with\"]}}, "
                    + "\"else\": {\"minProperties\": 1, \"maxProperties\": 1, \"propertyNames\": {\"not\": {\"const\": \"with\"}}}";

    private static final Key TIME_ZONE = Key.of(
                    "zone", ZONE, "Time zone of timestamps that name none.", "UTC", "Europe/London")
            .otherwise("such a timestamp is malformed");

    private static final Key TIMESTAMP = Key.of(
                    "timestamp",
                    TEXT,
                    "Pattern of timestamps that are not ISO 8601, in the letters of Java's DateTimeFormatter.",
                    "\"yyyy-MM-dd HH:mm:ss\"",
                    "\"M/d/yyyy H:mm\"")
            .otherwise("ISO 8601");

    private static final Key ENCODING = Key.of(
                    "encoding",
                    TEXT,
                    "Encoding of the files, by any name that the JDK knows.",
                    "latin-1",
                    "windows-1252")
            .usually("UTF-8");

    private static Key delimiter(String pattern) {
        var letter = Value.exactly("one letter", "{\"type\": \"string\", \"pattern\": \"%s\"}".formatted(pattern));
        return Key.of("delimiter", letter, "The letter between two cells.", "\"\\t\"", "\"¦\"")
                .usually("\",\"");
    }

    public static final Section TOPIC_JSON = Section.of("topicJson", TIME_ZONE, TIMESTAMP);

    public static final Section TOPIC_CSV = Section.of(
            "topicCsv",
            Key.of("header", Value.exactly("`false`", "{\"const\": false}"), "A message has no header line.", "false")
                    .usually("false"),
            delimiter("^[^\\\\\\\"\\\\r\\\\n]$"),
            TIME_ZONE,
            TIMESTAMP);

    /** The keys of a format that an extension brings. */
    private static final List<Key> EXTENSION = List.of(
            Key.of(
                    "extension",
                    NAME,
                    "Format that an extension brings; `tandem list --kinds` shows those there are.",
                    "fixed_width"),
            Key.of("with", Value.mapOf(Scalars.PLAIN, 0), "Settings of that format.", "{ fields: \"id 8, at 20\" }"));

    public static final Section TOPIC_FORMAT = Section.of(
                    "topicFormat",
                    Key.of("json", Value.of(TOPIC_JSON), "JSON objects, with settings.", "{ zone: UTC }"),
                    Key.of("csv", Value.of(TOPIC_CSV), "CSV records as in RFC 4180, with settings.", "{ zone: UTC }"))
            .with(EXTENSION.get(0), EXTENSION.get(1))
            .where(ONE_FORMAT);

    public static final Section FILES_JSON = Section.of(
            "filesJson",
            Key.of(
                            "layout",
                            Value.oneOf("lines", "values"),
                            "`lines`: one record a line. `values`: objects over several lines, one after the other or in a list.",
                            "values")
                    .usually("lines"),
            ENCODING,
            TIME_ZONE,
            TIMESTAMP);

    public static final Section FILES_CSV = Section.of(
            "filesCsv",
            Key.of("header", TRUTH, "Whether the first line of a file names the columns.", "false")
                    .usually("true"),
            delimiter("^(?![\\\\\\\"\\\\r\\\\n])[\\\\u0000-\\\\uD7FF\\\\uE000-\\\\uFFFF]$"),
            ENCODING,
            TIME_ZONE,
            TIMESTAMP);

    public static final Section FILES_FORMAT = Section.of(
                    "filesFormat",
                    Key.of("json", Value.of(FILES_JSON), "JSON objects, with settings.", "{ layout: values }"),
                    Key.of(
                            "csv",
                            Value.of(FILES_CSV),
                            "CSV records as in RFC 4180, with settings.",
                            "{ header: false, delimiter: \";\" }"))
            .with(EXTENSION.get(0), EXTENSION.get(1))
            .where(ONE_FORMAT);

    public static final Section LAND = Section.of(
                    "land",
                    Key.of("table", NAME, "Table that keeps the records.", "tweet_raw")
                            .otherwise("required without `segments`"),
                    Key.of("in", DATABASE, "Database of that table and of the ledger.", "mysql")
                            .otherwise("required with `table`"),
                    Key.of(
                            "key",
                            Value.listOf(ANY_TEXT, 0).called("list of fields"),
                            "Fields that the table keeps in columns of their own, to look records up by.",
                            "[tweet_id]"),
                    Key.of(
                                    "segments",
                                    FOLDER,
                                    "Folder of Parquet files that keep the records, or its address on another file system.",
                                    "data/segments",
                                    "s3a://bucket/segments")
                            .otherwise("`segments`"))
            .where("\"if\": {\"required\": [\"segments\"]}, \"then\": {\"maxProperties\": 1}, "
                    + "\"else\": {\"required\": [\"table\", \"in\"]}");

    private static final Key LANDING = Key.of(
                    "land",
                    Value.choice("object", Value.of(LAND), Value.oneOf("segments")),
                    "Where every record is kept as it arrived: segments, which are Parquet files, or a table.",
                    "segments",
                    "{ segments: data/segments }",
                    "{ table: tweet_raw, in: mysql }")
            .usually("segments");

    private static final Key LEDGER = Key.of(
                    "ledger", DATABASE, "Database of the ledger; not with `land.table`.", "postgres")
            .otherwise("that of the first table in `outputs`, else `sqlite`");

    public static final Section CAPTURE = Section.of(
            "capture",
            Key.of(
                            "coinbase",
                            Value.exactly("`true`, or an address", """
                                    {"if": {"type": "string"}, "then": {"pattern": "^(wss?://[^/\\\\s]+\\\\S*|true)$"}, "else": {"const": true}}"""),
                            "Coinbase's feed: `true` for the public one, or the address of a web socket.",
                            "true",
                            "wss://ws-feed.exchange.coinbase.com")
                    .required(),
            Key.of("channel", TEXT, "Channel of the feed.", "ticker").usually("ticker"),
            Key.of("products", Value.listOf(ANY_TEXT, 1), "Products to subscribe to.", "[BTC-USD]")
                    .required(),
            Key.of(
                    "required",
                    Value.listOf(ANY_TEXT, 0),
                    "Fields that a message must have to be kept.",
                    "[price, time]"));

    private static final Value TOPICS = Value.exactly(
            "list of topics",
            "{\"type\": \"array\", \"minItems\": 1, \"maxItems\": %d, \"items\": %s}"
                    .formatted(Source.Kafka.MOST_TOPICS, TEXT.schema()));

    public static final Section KAFKA = Section.of(
            "kafkaSource",
            Key.of(
                            "kafka",
                            Value.choice("array", TOPICS, TEXT.called("topic")),
                            "Topic to read, or several of one cluster. Partition 3 of the second topic has the number 1003."
                                    + " Generators and replays fill the first topic.",
                            "raw_feed",
                            "[orders_eu, orders_us]")
                    .required(),
            Key.of(
                            "format",
                            Value.choice("object", Value.of(TOPIC_FORMAT), Value.oneOf("json", "csv", "avro")),
                            "What a message holds: one JSON object, one CSV record, or one Avro record whose schema is in a registry.",
                            "json",
                            "{ csv: { delimiter: \";\" } }")
                    .usually("json"),
            Key.of(
                            "from",
                            Value.oneOf("earliest"),
                            "Where reading begins; both modes must read the same records, so there is no other choice.",
                            "earliest")
                    .usually("earliest"),
            Key.of(
                            "arrival",
                            Value.oneOf(Source.Arrival.values()),
                            "When a record arrived, for `max_future` and latency. `broker`: its timestamp in Kafka. `read`: when the"
                                    + " stream read it, for topics whose timestamps are set by senders and wrong.",
                            "read")
                    .usually("broker"),
            Key.of(
                    "group",
                    TEXT.called("consumer group"),
                    "Consumer group whose offsets follow the stream, so that Kafka's own tools show its lag.",
                    "spark-ecommerce-group"),
            Key.of(
                    "capture",
                    Value.of(CAPTURE),
                    "Public feed that `tandem capture` writes into the topic.",
                    "{ coinbase: true, products: [BTC-USD] }"),
            LANDING,
            LEDGER);

    public static final Section FILES = Section.of(
            "filesSource",
            Key.of("files", FOLDER, "Folder into which complete files are moved; each is read once.", "data/input")
                    .required(),
            Key.of(
                            "format",
                            Value.choice("object", Value.of(FILES_FORMAT), Value.oneOf("json", "csv")),
                            "What the files hold.",
                            "csv",
                            "{ csv: { header: false } }")
                    .usually("csv"),
            Key.of(
                            "max_files",
                            COUNT,
                            "The most files of one micro-batch; a file with more than `stream.max_records` records is read in"
                                    + " several micro-batches.",
                            "2")
                    .usually("1000"),
            Key.of(
                            "order",
                            Value.oneOf(Source.Order.values()),
                            "Which of the files that are present together is read first. `name`: `part-10` before `part-2`."
                                    + " `natural`: numbers in names by value. `modified`: by the time of the last change, then by name.",
                            "natural")
                    .usually("name"),
            Key.of(
                            "on_bad_file",
                            Value.oneOf(Source.OnBadFile.values()),
                            "What happens when a file cannot be read or lacks a column. `stop`: the run ends. `quarantine`: the file is"
                                    + " left out and reported, and read once it has been repaired.",
                            "quarantine")
                    .usually("stop"),
            Key.of("archive", FOLDER, "Folder to which a file is moved when its records are committed.", "data/archive")
                    .otherwise("files stay"),
            LANDING,
            LEDGER);

    private static final Value ATTACHED_DATABASE = TEXT.called("database");

    private static final Key ARRIVED = Key.of(
                    "arrived_at",
                    TEXT.called("column"),
                    "The column with the time when a row arrived, by which watermarks are found.",
                    "received_at")
            .otherwise("rows have no time of arrival");

    private static final Key ROWS_ZONE = Key.of(
                    "zone", ZONE, "Time zone of times in the rows that name none.", "Europe/London")
            .usually("UTC");

    private static Key orderBy(String otherwise) {
        return Key.of(
                        "order_by",
                        Value.exactly("column, or list of columns", "{\"type\": [\"string\", \"array\"]}"),
                        "The columns that say which of two rows came first, where `arrived_at` does not.",
                        "id",
                        "[batch, line]")
                .otherwise(otherwise);
    }

    public static final Section TABLE = Section.of(
                    "tableSource",
                    Key.of(
                                    "table",
                                    TEXT.called("table"),
                                    "Table of raw rows, each of which is a record; only with `attach`.",
                                    "raw_orders",
                                    "sales.raw_orders")
                            .required(),
                    Key.of(
                                    "in",
                                    ATTACHED_DATABASE,
                                    "Database: `mysql` or `postgres` as the environment names it, a file of SQLite or DuckDB, or an address"
                                            + " as of a side of `tandem diff`.",
                                    "shop.duckdb",
                                    "\"postgres://user@host:5432/shop\"")
                            .required(),
                    ARRIVED,
                    orderBy("required without `arrived_at`"),
                    ROWS_ZONE)
            .where("\"anyOf\": [{\"required\": [\"arrived_at\"]}, {\"required\": [\"order_by\"]}]");

    public static final Section PARQUET = Section.of(
            "parquetSource",
            Key.of(
                            "parquet",
                            FILE,
                            "File, folder or pattern of Parquet files, each row of which is a record; only with `attach`.",
                            "raw/orders",
                            "raw/day=*/*.parquet")
                    .required(),
            ARRIVED,
            orderBy("file after file by name, row after row"),
            ROWS_ZONE);

    static final Value ANY =
            Value.when("files", FILES, Value.when("table", TABLE, Value.when("parquet", PARQUET, Value.of(KAFKA))));

    private SourceKeys() {}
}
