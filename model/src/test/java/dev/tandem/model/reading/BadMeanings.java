package dev.tandem.model.reading;

import static dev.tandem.model.reading.BadExamples.bad;
import static dev.tandem.model.reading.BadExamples.badFiles;
import static dev.tandem.model.reading.BadExamples.badRows;
import static dev.tandem.model.reading.BadExamples.landing;

import dev.tandem.model.reading.BadExamples.BadExample;
import java.util.List;
import java.util.stream.Stream;

/** Errors in a definition that only someone sees who knows the names, the types or the order. */
final class BadMeanings {
    private BadMeanings() {}

    static Stream<BadExample> all() {
        return Stream.of(fields(), views(), places(), rows(), dimensions(), outputs(), charts())
                .flatMap(List::stream);
    }

    private static List<BadExample> fields() {
        return List.of(
                bad("event: at", "event: when", "the schema has no field 'when'"),
                bad("event: at", "event: id", "'id' is not a TIMESTAMP"),
                bad("max_records: 500", "max_records: 1e99", "'1e99' is not a whole number from 1 to 1000000"),
                bad("zone: Europe/Berlin", "zone: Europe/Berlim", "'Europe/Berlim' is not a time zone"),
                bad("likes INT", "likes NUMBER", "the field 'likes' has no known type 'NUMBER'"),
                bad("likes INT", "likes", "'likes' is not a field"),
                bad("likes INT", "9likes INT", "'9likes INT' is not a field"),
                bad("likes INT", "id INT", "the field 'id' stands twice"),
                bad("  - keep: likes >= 0", "  - watermark: { delay: 1 s }", "the watermark is set twice"),
                bad("  - keep: likes >= 0", "  - dedup: { by: [id], within: 1 s }", "dedup is set twice"),
                bad(
                        "  - watermark: { delay: 2 minutes, max_future: 1 minute, idle_close: 30 s }",
                        "",
                        "no step says how late an event may be"));
    }

    private static List<BadExample> views() {
        return List.of(
                bad("by: [tag]", "by: [n]", "the column 'n' stands twice"),
                bad("from: per_tag", "from: best", "there is no view 'best' above this one"),
                bad("order: [n desc", "order: [m desc", "there is no column 'm' to order by"),
                bad("{ view: best,", "{ view: bests,", "there is no view 'bests'"),
                bad(
                        "every: 10 minutes",
                        "every: 2 hours",
                        "this window cannot be cut: Cannot slide by PT2H over a window of PT1H: events between two windows would be lost; make slide at most size"),
                bad(
                        "mean: avg(likes)",
                        "mean: percentile(likes)",
                        "percentile needs what it computes over and a fraction from 0 to 1, not 'likes'"),
                bad(
                        "mean: avg(likes)",
                        "mean: \"percentile(likes, 1.5)\"",
                        "percentile needs what it computes over and a fraction from 0 to 1, not 'likes, 1.5'"),
                bad(
                        "mean: avg(likes)",
                        "mean: \"collect_distinct(likes, 0)\"",
                        "collect_distinct needs what it computes over and a whole number from 1 to 1000, not 'likes, 0'"),
                bad("mean: 1e-9", "meen: 1e-9", "there is no measure or derived column 'meen'"));
    }

    private static List<BadExample> rows() {
        return List.of(
                badRows(
                        "attach:\n  total: { stream: live.csv }",
                        "outputs:\n  - { view: total, table: totals, in: sqlite }",
                        "a stream cannot read the table sales.raw_orders: only 'attach' takes rows as its log"),
                badRows("\"postgres://ann@localhost:5432/shop\"", "oracle", "there is no database 'oracle'"),
                badRows(
                        "id STRING,",
                        "id STRING FROM KEY,",
                        "the field 'id' comes from KEY, which a row does not have"),
                badRows(
                        "id STRING,",
                        "id BIGINT FROM RECORD,",
                        "the field 'id' comes from RECORD, which a row does not have"));
    }

    private static List<BadExample> places() {
        return List.of(
                badFiles("\"d.M.yyyy H:mm\"", "soon", "'soon' is not a pattern of a day and a time"),
                badFiles("zone: Europe/Berlin, ", "", "'d.M.yyyy H:mm' does not say in which zone"),
                badFiles("archive: data/archive", "archive: ./data/input/", "the archive is the folder itself"),
                badFiles("id STRING,", "id STRING, tags ARRAY<STRING>,", "the list 'tags' cannot stand in a CSV cell"),
                badFiles("by: [id], keep", "by: [id], kep", "unknown key 'kep'"),
                badFiles(
                        "total: { by",
                        "total: { window: { tumbling: 1 h }, by",
                        "no step says how late an event may be"),
                bad("format: json", "format: csv", "a captured feed is JSON"),
                bad("from: earliest", "ledger: mysql", "the ledger lies in the database of the landing table"),
                landing(
                        "land: { segments: \"my raw:here\" }",
                        "'my raw:here' is neither a folder nor the address of one"),
                badFiles(
                        "snapshot: data/totals",
                        "snapshot: data/./input/",
                        "an output writes into what the source reads: 'data/input'"),
                bad("  kafka: raw\n", "  kafka: [raw, raw]\n", "a topic is named twice"),
                bad(
                        "  kafka: raw\n",
                        "  kafka: [other, cleaned]\n",
                        "an output writes into what the source reads: 'cleaned'"),
                bad("kafka: cleaned", "kafka: raw", "an output writes into what the source reads: 'raw'"),
                bad("table: big_rows", "table: my_raw", "an output writes into what the source reads: 'my_raw'"));
    }

    private static List<BadExample> dimensions() {
        return List.of(
                bad("people.csv, key: id,", "people.csv, key: idd,", "the dimension 'people' has no field 'idd'"),
                bad(
                        "id STRING, age INT",
                        "id STRING, age INT, x ARRAY<INT>",
                        "the list 'x' cannot stand in a CSV cell"),
                bad("- join: people", "- join: peple", "there is no dimension 'peple'"),
                bad("- join: people", "- join: places", "'places' is joined twice"),
                bad(
                        "id STRING, age INT",
                        "id STRING, price INT",
                        "a record has a 'price' already, which 'people' would bring too"),
                bad(
                        "id STRING, age INT",
                        "id STRING, town INT",
                        "a record has a 'town' already, which 'places' would bring too"),
                bad(
                        "key: [id, likes], schema: \"id STRING, likes INT",
                        "key: [id, shop], schema: \"id STRING, shop INT",
                        "a record has no 'shop' here to find its row of 'places' by"),
                bad(
                        "STRING, likes INT, town",
                        "STRING, likes BIGINT, town",
                        "'likes' is INT in a record and BIGINT in 'places'"),
                bad("- map: { id:", "- map: { idd:", "there is no field 'idd' to map"),
                bad("- map: { id:", "- map: { likes:", "'likes' is INT, and only a STRING has spellings"),
                bad("  - keep: likes >= 0", "  - split: { big: likes < 0 }", "the branch 'big' stands twice"),
                bad(
                        "  - join: people",
                        "  - require: { late: id <> '' }",
                        "rules are checked before copies are told apart"));
    }

    private static List<BadExample> outputs() {
        return List.of(
                bad("oldest: first", "id: first", "the column 'id' stands twice"),
                bad("change: newest", "liking: newest", "the column 'liking' stands twice"),
                bad("order: [takings desc]", "order: [taking desc]", "there is no column 'taking' to order by"),
                bad(
                        "from: daily, top: { n: 3, order: [takings desc]",
                        "from: visits, top: { n: 3, order: [change desc]",
                        "the sessions of 'visits' cannot be ranked: each is its key's own, with no other row in it"),
                bad(
                        "keep: first",
                        "keep: last",
                        "'liking' cannot be counted approximately where the last copy is kept: a sketch gives nothing back"),
                bad("rows: big,", "rows: bigg,", "there are no rows 'bigg'"),
                bad("cleaned, key: id", "cleaned, key: user", "no column 'user' of 'events' can be its key"),
                bad("key: [id], mode", "key: [age], mode", "no column 'age' of 'big' can be its key"),
                bad("[reason]", "[id]", "no column 'id' of 'quarantine' can be its partition"),
                bad(
                        "daily, csv: \"csv/${mode}\"",
                        "daily, lake: \"l/${mode}\", partition: [takings]",
                        "no column 'takings' of 'daily' can be its partition"),
                bad(
                        "csv/${mode}",
                        "snapshots//${mode}/",
                        "another output writes the folder 'snapshots/${mode}' in the same mode"),
                bad(
                        "table: big_rows",
                        "table: batch_per_tag",
                        "another output writes the table 'batch_per_tag' in the same mode"));
    }

    private static List<BadExample> charts() {
        return List.of(
                bad("value: takings", "value: taking", "there is no measure or derived column 'taking' to draw"),
                bad("low: newest, ", "", "the key 'low' is missing"),
                bad("kind: line, value", "kind: line, low: takings, value", "'low' goes with 'kind: price' only"),
                bad("visits: closed", "visit: closed", "there is no view 'visit'"),
                bad(
                        "visits: closed",
                        "total: closed",
                        "'total' has no window that closes: nothing would ever be written"),
                bad("delay: 10s..10m", "delay: 10m..10s", "'10m..10s' is not a range of times"),
                bad("about: For tests", "about: For tests\npipeline: again", "the key 'pipeline' stands twice"),
                bad("keep: first", "keep: first, keep: first", "the key 'keep' stands twice"));
    }
}
