package dev.tandem.model.keys;

import static dev.tandem.model.keys.Rules.exactlyOne;
import static dev.tandem.model.keys.Rules.parted;
import static dev.tandem.model.keys.Scalars.ANY_TEXT;
import static dev.tandem.model.keys.Scalars.DATABASE;
import static dev.tandem.model.keys.Scalars.FOLDER;
import static dev.tandem.model.keys.Scalars.NAME;
import static dev.tandem.model.keys.Scalars.TEXT;
import static dev.tandem.model.keys.Scalars.TIME_ABOVE_ZERO;
import static dev.tandem.model.keys.Scalars.YES;

import dev.tandem.model.Mode;
import java.util.List;

/** The keys of {@code outputs}: what is written, where, and by which mode. */
public final class OutputKeys {
    private static final Key VIEW =
            Key.of("view", NAME, "View whose rows are written.", "window_stats").otherwise("required without `rows`");

    private static final Key ROWS = Key.of(
                    "rows",
                    NAME.called("`events`, `quarantine`, or a branch"),
                    "Records that are written: those that passed every step (late ones too), those that were refused, or a branch of"
                            + " a `split`.",
                    "events")
            .otherwise("required without `view`");

    private static final Key MODE = Key.of(
                    "mode", Value.oneOf(Mode.values()), "The only mode that writes this output.", "stream")
            .otherwise("both");

    private static final String OF_EITHER = exactlyOne("view", "rows");

    public static final Section TABLE = Section.of(
                    "tableOutput",
                    VIEW,
                    ROWS,
                    Key.of(
                                    "table",
                                    Value.exactly("name", """
                                            {"type": "string", "pattern": "^([A-Za-z_]|\\\\$\\\\{mode\\\\})([A-Za-z0-9_]|\\\\$\\\\{mode\\\\})*$"}"""),
                                    "Table; not for `rows: quarantine`, which is in `tandem_quarantine`.",
                                    "\"${mode}_window_stats\"")
                            .required(),
                    Key.of("in", DATABASE, "Database of the table.", "mysql").required(),
                    Key.of(
                                    "key",
                                    Value.listOf(ANY_TEXT, 1).called("list of fields"),
                                    "Fields that identify a record; a view's rows have their own key.",
                                    "[order_id]")
                            .otherwise("required with `rows`"),
                    MODE)
            .where("""
                    "oneOf": [{"required": ["view"], "not": {"anyOf": [{"required": ["rows"]}, {"required": ["key"]}]}}, \
                    {"required": ["rows", "key"], "not": {"required": ["view"]}, "properties": {"rows": {"not": {"const": "quarantine"}}}}]""", parted("table"));

    public static final Section TOPIC = Section.of(
                    "topicOutput",
                    VIEW,
                    ROWS,
                    Key.of(
                                    "kafka",
                                    TEXT.called("topic"),
                                    "Topic; one message for each revision of a row, or for each record.",
                                    "results_feed")
                            .required(),
                    Key.of(
                            "key",
                            TEXT.called("field"),
                            "Field of a record whose value is the message's key.",
                            "user_id"),
                    MODE)
            .where(
                    "\"oneOf\": [{\"required\": [\"view\"], \"not\": {\"required\": [\"key\"]}}, {\"required\": [\"rows\"]}]");

    public static final Section LAKE = Section.of(
                    "lakeOutput",
                    VIEW,
                    ROWS,
                    Key.of("lake", FOLDER, "Folder of Parquet files.", "\"data/${mode}/orders\"")
                            .required(),
                    Key.of(
                            "partition",
                            Value.listOf(ANY_TEXT, 0).called("list of columns"),
                            "A folder for each value of these: fields of a record, `reason` of the quarantine, window and keys of a"
                                    + " view.",
                            "[order_date]"),
                    MODE)
            .where(OF_EITHER, parted("lake"));

    public static final Section CSV = Section.of(
                    "csvOutput",
                    VIEW,
                    ROWS,
                    Key.of(
                                    "csv",
                                    FOLDER,
                                    "Folder of CSV files, to which records and the rows of closed windows are appended.",
                                    "\"data/${mode}_csv\"")
                            .required(),
                    MODE)
            .where(OF_EITHER, parted("csv"));

    public static final Section SNAPSHOT = Section.of(
                    "snapshotOutput",
                    VIEW.required(),
                    Key.of(
                                    "snapshot",
                                    FOLDER,
                                    "Folder of CSV files, each with the whole view.",
                                    "\"data/${mode}/totals\"")
                            .required(),
                    Key.of("every", TIME_ABOVE_ZERO, "The least time between two snapshots.", "1 minute")
                            .usually("15 seconds"),
                    MODE)
            .where(parted("snapshot"));

    public static final Section LATEST = Section.of(
                    "latestOutput",
                    VIEW.required(),
                    Key.of(
                                    "latest",
                                    FOLDER,
                                    "Folder of `latest.json`, which holds the whole view and is replaced whenever the view changes.",
                                    "\"data/${mode}/top\"")
                            .required(),
                    MODE)
            .where(parted("latest"));

    public static final Section CUSTOM = Section.of(
                    "sinkOutput",
                    VIEW,
                    ROWS,
                    Key.of(
                                    "sink",
                                    NAME,
                                    "Sink that an extension brings; `tandem list --kinds` shows those there are.",
                                    "webhook")
                            .required(),
                    Key.of(
                            "with",
                            Value.mapOf(Scalars.PLAIN, 0),
                            "Settings of that sink; `${mode}` in a value becomes `stream` or `batch`.",
                            "{ url: \"http://localhost:8000/rows\" }"),
                    MODE)
            .where(OF_EITHER);

    public static final Section CONSOLE = Section.of(
                    "consoleOutput",
                    VIEW,
                    ROWS,
                    Key.of("console", YES, "Prints lines for a person who watches.", "true")
                            .required(),
                    MODE)
            .where(OF_EITHER);

    /** Each kind of output, under the key that tells it. */
    public record Medium(String key, Section section) {}

    public static final List<Medium> MEDIA = List.of(
            new Medium("table", TABLE),
            new Medium("kafka", TOPIC),
            new Medium("lake", LAKE),
            new Medium("csv", CSV),
            new Medium("snapshot", SNAPSHOT),
            new Medium("latest", LATEST),
            new Medium("sink", CUSTOM),
            new Medium("console", CONSOLE));

    private OutputKeys() {}

    public static List<String> media() {
        return MEDIA.stream().map(Medium::key).toList();
    }

    /** Those that need no extension. */
    public static List<String> builtIn() {
        return media().stream().filter(medium -> !medium.equals("sink")).toList();
    }

    /** The section of the output that {@code medium} tells. */
    public static Section of(String medium) {
        return MEDIA.stream()
                .filter(it -> it.key().equals(medium))
                .findFirst()
                .orElseThrow()
                .section();
    }

    /** The key is told by the first medium that it has; the last is what is left. */
    static Value any() {
        var value = Value.of(MEDIA.get(MEDIA.size() - 1).section());
        for (int at = MEDIA.size() - 2; at >= 0; at--) {
            value = Value.when(MEDIA.get(at).key(), MEDIA.get(at).section(), value);
        }
        return value;
    }
}
