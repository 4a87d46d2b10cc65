package dev.tandem.model.reading;

import java.util.List;
import java.util.stream.Stream;

/**
 * Everything a definition can have wrong, each as one change to the sound one. Those of {@link #ofForm} can be seen without
 * knowing what the names mean, so an editor sees them too.
 */
final class BadExamples {
    /** One change, and what the reader says about it. */
    record BadExample(String definition, String from, String to, String told) {
        String text() {
            return Definitions.with(definition, from, to);
        }

        @Override
        public String toString() {
            return told;
        }
    }

    private BadExamples() {}

    static Stream<BadExample> all() {
        return Stream.concat(ofForm(), BadMeanings.all());
    }

    static Stream<BadExample> ofForm() {
        return Stream.of(
                        top(),
                        sources(),
                        rows(),
                        landings(),
                        dimensions(),
                        steps(),
                        views(),
                        windows(),
                        outputs(),
                        plans(),
                        generators(),
                        profiles())
                .flatMap(List::stream);
    }

    static BadExample badRows(String from, String to, String told) {
        return new BadExample(Definitions.text(Definitions.RESOURCES.resolve("rare/table.yaml")), from, to, told);
    }

    private static List<BadExample> rows() {
        return List.of(
                badRows(
                        "arrived_at: received_at, order_by: [id], ",
                        "",
                        "a table has no order of its own, and nothing says which row came first"),
                badRows(", in: \"postgres://ann@localhost:5432/shop\"", "", "the key 'in' is missing"),
                badRows("zone: Europe/London", "format: json", "unknown key 'format'"),
                badRows("arrived_at: received_at", "arrived_at: ''", "the key 'arrived_at' has no value"));
    }

    static BadExample landing(String to, String told) {
        return bad("land: { table: my_raw, in: mysql, key: [id] }", to, told);
    }

    private static List<BadExample> landings() {
        return List.of(
                landing("land: files", "'files' is no place to keep records"),
                landing("land: { segments: }", "the key 'segments' has no value"),
                landing("land: { segments: raw, in: mysql }", "'in' goes with 'table' only"),
                landing("land: { segments: raw, key: [id] }", "'key' goes with 'table' only"),
                landing("land: { segments: raw, table: my_raw, in: mysql }", "records land in a table and in segments"),
                landing("land: { in: mysql }", "the key 'table' is missing"),
                landing("ledger: oracle", "there is no database 'oracle'"));
    }

    private static List<BadExample> top() {
        return List.of(
                bad("pipeline: sound", "pipelin: sound", "unknown key 'pipelin'"),
                bad("pipeline: sound #", "about_it: 1 #", "the key 'pipeline' is missing"),
                bad("pipeline: sound", "pipeline: ", "the key 'pipeline' has no value"),
                bad("pipeline: sound", "pipeline: so-und", "'so-und' cannot be a name"),
                bad("pipeline: sound", "pipeline: [sound]", "'pipeline' is not a single value"),
                bad("time: { event: at, zone: Asia/Kolkata }", "", "the key 'time' is missing"),
                bad("time: { event: at, zone: Asia/Kolkata }", "time: at", "'time' is not a mapping"),
                bad("event: at, ", "", "the key 'event' is missing"),
                bad("zone: Asia/Kolkata }\nsource", "zone: 5 pm }\nsource", "'5 pm' is not a time zone"),
                bad("  kafka: raw", "  kafkaa: raw", "unknown key 'kafkaa'"),
                bad("table: my_raw", "table: my raw", "'my raw' cannot be a name"),
                bad("key: [id]", "key: id", "'key' is not a list"),
                bad("schema: id", "shema: id", "the key 'schema' is missing"),
                bad("schema: id", "schema: '' # id", "the key 'schema' has no value"));
    }

    private static List<BadExample> sources() {
        return List.of(
                bad("format: json", "format: xml", "'xml' is not a format"),
                bad("format: json", "format: [json]", "'format' is not a single value"),
                bad("format: json", "format: { json: {}, csv: {} }", "the format is of several kinds: json, csv"),
                bad("format: json", "format: {}", "the format has no kind"),
                bad("format: json", "format: { jsn: {} }", "unknown key 'jsn'"),
                bad("format: json", "format: { json: { header: true } }", "unknown key 'header'"),
                bad("format: json", "format: { extension: fixed_width, json: {} }", "unknown key 'json'"),
                bad("format: json", "format: { json: {}, with: { a: 1 } }", "unknown key 'with'"),
                bad(
                        "format: json",
                        "format: { csv: { header: true } }",
                        "a record of a topic is one line and has no header"),
                bad("  kafka: raw\n", "  kafka: raw\n  files: data\n", "the source is both 'kafka' and 'files'"),
                bad("  kafka: raw\n", "", "the source is neither a topic nor a folder"),
                badFiles(
                        "  files: data/input\n",
                        "  files: data/input\n  table: raw\n",
                        "the source is both 'files' and 'table'"),
                bad("  kafka: raw\n", "  topic: raw\n", "unknown key 'topic'"),
                bad("  kafka: raw\n", "  kafka: ''\n", "the key 'kafka' has no value"),
                bad("  kafka: raw\n", "  kafka: []\n", "the source has 0 topics"),
                bad("  kafka: raw\n", "  kafka: [a, b, c, d, e, f, g, h, i, j, k]\n", "the source has 11 topics"),
                bad(
                        "from: earliest",
                        "from: latest",
                        "'latest' would leave out what the topic holds, and both modes must read the same records"),
                bad("arrival: read", "arrival: sender", "'sender' is no time of arrival"),
                bad("group: sound-group", "group: ' '", "the key 'group' has no value"),
                bad("coinbase: true", "binance: true", "the key 'coinbase' is missing"),
                bad("coinbase: true", "coinbase: https://x.org", "'https://x.org' is not the address of a web socket"),
                bad("coinbase: true", "coinbase: wss://", "'wss://' is not the address of a web socket"),
                bad("products: [BTC-USD]", "products: []", "the capture names no products"),
                bad("{ table: my_raw, in", "{ in", "the key 'table' is missing"),
                bad("my_raw, in: mysql", "my_raw, in: oracle", "there is no database 'oracle'"),
                badFiles("max_files: 2", "max_files: 0", "'0' is not a whole number from 1 to 1000000"),
                badFiles("archive: data/archive", "archive: ''", "the key 'archive' has no value"),
                badFiles("order: natural", "order: size", "'size' is no order of files"),
                badFiles(
                        "on_bad_file: quarantine",
                        "on_bad_file: skip",
                        "'skip' is nothing that can be done with a file"),
                badFiles("max_files: 2", "group: g", "unknown key 'group'"),
                badFiles("header: false", "header: 'no'", "'no' is neither true nor false"),
                badFiles("delimiter: \";\"", "delimiter: ';;'", "';;' cannot part cells"),
                badFiles("delimiter: \";\"", "delimiter: '😀'", "'😀' cannot part cells"),
                badFiles("delimiter: \";\"", "delimiter: '\"'", "'\"' cannot part cells"),
                badFiles("zone: Europe/Berlin", "zone: 5 pm", "'5 pm' is not a time zone"));
    }

    private static List<BadExample> dimensions() {
        return List.of(
                bad(
                        "csv: people.csv",
                        "json: people.csv, csv: people.csv",
                        "the dimension 'people' is of several kinds: csv, json"),
                bad("csv: people.csv, ", "", "the dimension 'people' has no kind"),
                bad("csv: people.csv", "csv: ''", "the key 'csv' has no value"),
                bad("  people: {", "  peo-ple: {", "'peo-ple' cannot be a name"),
                bad("people.csv, key: id", "people.csv", "the dimension 'people' has no key"),
                bad("people.csv, key: id", "people.csv, kee: id, key: id", "unknown key 'kee'"),
                bad(", schema: \"id STRING, age INT\"", "", "the key 'schema' is missing"));
    }

    private static List<BadExample> outputs() {
        return List.of(
                bad("{ view: per_tag, ", "{ ", "this output does not say what it writes"),
                bad("{ view: per_tag, ", "{ view: per_tag, rows: events, ", "this output writes both a view and rows"),
                bad("${mode}_per_tag", "per_tag", "stream and batch would write the same table 'per_tag'"),
                bad("${mode}_per_tag", "${mode}-per-tag", "'stream-per-tag' cannot be a name"),
                bad("per_tag\", in: mysql }", "per_tag\" }", "the key 'in' is missing"),
                bad("per_tag\", in: mysql }", "per_tag\", in: mysqll }", "there is no database 'mysqll'"),
                bad("per_tag\", in: mysql }", "per_tag\", in: data/.db }", "there is no database 'data/.db'"),
                bad(
                        "per_tag\", in: mysql }",
                        "per_tag\", in: mysql, key: [tag] }",
                        "'key' goes with 'rows' only: a view's rows are identified by window and key"),
                bad(
                        "kafka: results,",
                        "kafka: results, key: tag,",
                        "'key' goes with 'rows' only: a view's rows are identified by window and key"),
                bad("kafka: results", "kafka: results, csv: x", "this output is of several kinds: kafka, csv"),
                bad("kafka: results", "kafkaa: results", "this output has no kind"),
                bad("kafka: results", "kafka: ''", "the key 'kafka' has no value"),
                bad("results, mode: stream", "results, mode: live", "'live' is not a mode"),
                bad(", key: [id], mode: batch", ", mode: batch", "a table of rows does not say what identifies one"),
                bad(
                        "rows: big, table",
                        "rows: quarantine, table",
                        "the quarantine stands in the table tandem_quarantine already"),
                bad(
                        "lake/${mode}/refused",
                        "lake/refused",
                        "stream and batch would write the same folder 'lake/refused'"),
                bad("csv/${mode}", "csv", "stream and batch would write the same folder 'csv'"),
                bad("snapshots/${mode}", "s", "stream and batch would write the same folder 's'"),
                bad("partition: [reason]", "partition: reason", "'partition' is not a list"),
                bad("every: 10 seconds", "every: 0 s", "snapshots need a pause between them"),
                bad("every: 10 seconds", "evry: 10 seconds", "unknown key 'evry'"),
                bad(
                        "view: total, snapshot",
                        "rows: events, snapshot",
                        "only a view has snapshots: rows are only ever added to"),
                bad("latest/${mode}", "l", "stream and batch would write the same folder 'l'"),
                bad(
                        "view: risen, latest",
                        "rows: events, latest",
                        "only a view has latest rows: records are only ever added to"),
                bad("sink: webhook", "sink: web-hook", "'web-hook' cannot be a name"),
                bad("retries: 3", "retries: [3]", "'retries' is not a single value"),
                bad("visits, console: true", "visits, console: false", "'false' is not a choice"));
    }

    private static List<BadExample> steps() {
        return List.of(
                bad("- keep: likes >= 0", "- kep: likes >= 0", "there is no step 'kep'"),
                bad(
                        "- keep: likes >= 0",
                        "- { keep: a, set: { b: c } }",
                        "a step is one of set, map, require, keep, drop, split, join, watermark, dedup, not 2 keys"),
                bad("- keep: likes >= 0", "- keep", "a step is not a mapping"),
                bad("- keep: likes >= 0", "- keep: [likes]", "'keep' is not a single value"),
                bad("{ missing_id:", "{ missing-id:", "'missing-id' cannot be a name"),
                bad("delay: 2 minutes", "delay: 2 parsecs", "'2 parsecs' is not a length of time"),
                bad("delay: 2 minutes", "delay: 0 s", "a watermark needs a delay above zero"),
                bad("delay: 2 minutes, ", "", "a watermark needs a delay above zero"),
                bad("idle_close: 30 s", "idle: 30 s", "unknown key 'idle'"),
                bad("by: [id], keep", "by: [], keep", "dedup does not say by which fields"),
                bad("by: [id], keep", "by: [id], nulls: same, keep", "'same' is not a way to take nulls"),
                bad("keep: first", "keep: best", "'best' is not a way to choose a copy"),
                bad("within: 30 minutes", "within: ever", "'ever' is not a length of time"),
                bad("normalize: [trim, lower]", "normalize: [trim, lowr]", "there is no way 'lowr' to normalize"),
                bad("normalize: [trim, lower]", "normalise: [trim, lower]", "unknown key 'normalise'"),
                bad("- map: { id: {", "- map: { id: {}, x: {", "nothing is to be done to 'id'"),
                bad("- join: people", "- join: { people: id }", "'join' is not a list"),
                bad("{ big: likes > 100, dear: price > 100 }", "{}", "the split has no branch"),
                bad("dear: price", "de-ar: price", "'de-ar' cannot be a name"),
                bad(
                        "dear: price",
                        "events: price",
                        "no branch can be called 'events': outputs mean something else by it"),
                bad(", within: 30 minutes", "", "dedup does not say how long the stream remembers a key"));
    }

    private static List<BadExample> views() {
        return List.of(
                bad("explode: { each: tags,", "explode: {", "the key 'each' is missing"),
                bad(", as: tag }", " }", "the key 'as' is missing"),
                bad("by: [tag]", "by: tag", "'by' is not a list"),
                bad("by: [tag]", "by: [[tag]]", "an entry of 'by' is not a single value"),
                bad("by: [tag]", "by: [tag, tag]", "the column 'tag' stands twice"),
                bad("n: count(*), liked", "n: mode(likes), liked", "there is no measure 'mode'"),
                bad("n: count(*), liked", "n: likes, liked", "'likes' is not a measure"),
                bad("n: count(*), liked", "n: count(), liked", "count needs something to compute"),
                bad(
                        ", measures: { users: distinct(id), all: count(*) }, chart: { kind: steps, steps: [all, users] }",
                        "",
                        "the view 'total' has no measures"),
                bad("where: likes", "were: likes", "unknown key 'were'"),
                bad(
                        ", top: { n: 10, per: window, order: [n desc, tag] }",
                        "",
                        "the view 'best' does not say which rows"),
                bad("n: 10, ", "", "the key 'n' is missing"),
                bad("n: 10, ", "n: ten, ", "'ten' is not a whole number from 1 to 1000000"),
                bad("n: 10, ", "n: 0, ", "'0' is not a whole number from 1 to 1000000"),
                bad("n: 10, ", "n: 4294967297, ", "'4294967297' is not a whole number from 1 to 1000000"),
                bad("per: window", "per: day", "top cannot be taken per 'day'"),
                bad("n desc, tag", "n dsc, tag", "'n dsc' is not an order"),
                bad("n desc, tag", "n desc now, tag", "'n desc now' is not an order"),
                bad(
                        "liking: approx_distinct(likes)",
                        "liking: aprox_distinct(likes)",
                        "there is no measure 'aprox_distinct'"),
                bad("oldest: first(price)", "oldest: first()", "first needs something to compute"),
                bad("label:", "la-bel:", "'la-bel' cannot be a name"),
                bad("label:", "window_end:", "a window has a column 'window_end' of its own"),
                bad("kind: line", "kind: pie", "'pie' is no kind of chart"),
                bad("kind: line, ", "", "the key 'kind' is missing"),
                bad("chart: { kind: line, value: takings }", "chart: line", "'chart' is not a mapping"),
                bad("sides: [newest, change]", "sides: [newest]", "'sides' needs two columns"),
                bad("steps: [all, users]", "steps: [all]", "a chart of steps needs two columns or more"),
                bad("having: liking > 1", "having: [liking]", "'having' is not a single value"));
    }

    private static List<BadExample> windows() {
        return List.of(
                bad("{ tumbling: 20 minutes }", "{ }", "this window has no kind"),
                bad("{ tumbling: 20 minutes }", "20 minutes", "'window' is not a mapping"),
                bad("{ tumbling: 20 minutes }", "{ tumbling: soon }", "'soon' is not a length of time"),
                bad(
                        "{ tumbling: 20 minutes }",
                        "{ tumbling: 0 s }",
                        "this window cannot be cut: Cannot cut time by a size of PT0S: it must be positive; give e.g. 20 minutes"),
                bad(
                        "{ tumbling: 20 minutes }",
                        "{ tumbling: 20 m, global: true }",
                        "this window is of several kinds: tumbling, global"),
                bad("{ tumbling: 20 minutes }", "{ tumbling: 20 m, every: 5 m }", "'every' goes with 'sliding' only"),
                bad("{ tumbling: 20 minutes }", "{ tumbling: 20 m, zone: UTC }", "'zone' goes with 'calendar' only"),
                bad(
                        ", every: 10 minutes",
                        "",
                        "this window cannot be cut: Cannot cut time by a slide of PT0S: it must be positive; give e.g. 20 minutes"),
                bad("session: 30 minutes", "session: long", "'long' is not a length of time"),
                bad("calendar: day", "calendar: year", "'year' is not a calendar window"),
                bad("global: true", "global: false", "'false' is not a choice"),
                bad("tumbling: 20", "windoww: 20", "unknown key 'windoww'"));
    }

    private static List<BadExample> plans() {
        return List.of(
                bad("trigger: 1 second", "trigger: often", "'often' is not a length of time"),
                bad("retry_for: 5 minutes", "retry_for: ever", "'ever' is not a length of time"),
                bad("max_records: 500", "max_records: 0", "'0' is not a whole number from 1 to 1000000"),
                bad("max_records: 500", "max_records: 0.5", "'0.5' is not a whole number from 1 to 1000000"),
                bad("cron: \"55 23 * * *\", ", "", "the key 'cron' is missing"),
                bad("cron: \"55 23 * * *\",", "every: 1 h,", "'zone' goes with 'cron' only"),
                bad("cron: \"55", "every: 1 h, cron: \"55", "the schedule has both 'cron' and 'every'"),
                badFiles("every: 10 minutes", "every: 0 s", "a schedule needs a pause above zero"),
                bad("visits: closed", "visits: shut", "'shut' does not say when rows are written"),
                badFiles("emit: update", "emit: always", "'always' does not say when rows are written"),
                bad("log: logs/stream.log", "log: ''", "the key 'log' has no value"),
                bad("batch: { schedule", "batch: { shedule", "unknown key 'shedule'"),
                bad("default: exact", "default: roughly", "'roughly' is not a tolerance"),
                bad("n: 1%, change", "n: 1..2%, change", "'1..2%' is not a tolerance"),
                bad("parity: 1%", "parity: 1.2.3%", "'1.2.3%' is not a percentage"),
                bad("throughput: 100/s", "throughput: 100", "'100' is not a rate"),
                bad("takings: 0.1%", "takings: a bit", "'a bit' is not a percentage"),
                bad("webhook: \"https://hooks.example.com/tandem\", ", "", "the key 'webhook' is missing"),
                bad("when: changed", "when: late", "'late' does not say when somebody is told"));
    }

    private static List<BadExample> generators() {
        return List.of(
                bad("rate: 120/s", "rate: 0/s", "'0/s' is not a rate"),
                bad("rate: 120/s", "rate: ./s", "'./s' is not a rate"),
                bad("seed: 42", "seed: 1.5", "'1.5' is not a whole number"),
                bad("  model: tweets\n", "", "the key 'model' is missing"),
                bad("share: 2%", "share: 200%", "'200%' is not a share"),
                bad("share: 2%", "every: 5, share: 2%", "the fault 'late' is of several kinds: share, every"),
                bad("every: 20, ", "", "the fault 'rare' has no kind"),
                bad("every: 20", "every: often", "'often' is not a whole number from 1 to 1000000"),
                bad("delay: 10s..10m", "delay: soon", "'soon' is not a range of times"),
                bad("malformed: 0.1%", "malformed: often", "'often' is not a share"),
                bad("batch: 100, ", "", "the key 'batch' is missing"),
                bad(", sleep: 1s..3s", "", "the pace has no kind"),
                bad("sleep: 1s..3s", "sleep: 1s..3s, every: 2s", "the pace is of several kinds: sleep, every"),
                bad("users: 20", "users: { n: 20 }", "'users' is not a single value"),
                bad("users: 20", "us-ers: 20", "'us-ers' cannot be a name"));
    }

    private static List<BadExample> profiles() {
        return List.of(
                bad("quiet: { outputs", "quiet: { output", "a profile cannot replace 'output'"),
                bad("quiet: {", "quiet: { time: { event: at },", "a profile cannot replace 'time'"),
                bad("  quiet: {", "  qui-et: {", "'qui-et' cannot be a name"),
                bad("quiet: { outputs: [{ view: total, console: true }] }", "quiet: loud", "'quiet' is not a mapping"));
    }

    static BadExample bad(String from, String to, String told) {
        return new BadExample(Definitions.SOUND, from, to, told);
    }

    /** A change to the definition that reads files. */
    static BadExample badFiles(String from, String to, String told) {
        return new BadExample(Definitions.FILES, from, to, told);
    }
}
