package dev.tandem.model.reading;

import java.util.List;
import java.util.stream.Stream;

/**
 * Everything a definition can have wrong, each as one change to the sound one. Those of {@link #ofForm} can be seen without
 * knowing what the names mean, so an editor sees them too.
 */
final class BadExamples {
    /** One change, and what the reader says about it. */
    record BadExample(String from, String to, String told) {
        String text() {
            return Definitions.with(from, to);
        }

        @Override
        public String toString() {
            return told;
        }
    }

    private BadExamples() {}

    static Stream<BadExample> all() {
        return Stream.concat(ofForm(), ofMeaning());
    }

    static Stream<BadExample> ofForm() {
        return Stream.of(top(), steps(), views(), windows(), plans()).flatMap(List::stream);
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
                bad("format: json", "format: xml", "'xml' is not a format that can be read from Kafka"),
                bad("  land: { table: my_raw, in: mysql, key: [id] }", "", "the key 'land' is missing"),
                bad("table: my_raw", "table: my raw", "'my raw' cannot be a name"),
                bad("key: [id]", "key: id", "'key' is not a list"),
                bad("schema: id", "shema: id", "the key 'schema' is missing"),
                bad("{ view: per_tag, ", "{ ", "the key 'view' is missing"),
                bad("${mode}_per_tag", "per_tag", "stream and batch would write the same table 'per_tag'"),
                bad("${mode}_per_tag", "${mode}-per-tag", "'stream-per-tag' cannot be a name"),
                bad("mode: stream", "mode: live", "'live' is not a mode"),
                bad("kafka: results", "kafka: ''", "the key 'kafka' has no value"));
    }

    private static List<BadExample> steps() {
        return List.of(
                bad("- keep: likes >= 0", "- kep: likes >= 0", "there is no step 'kep'"),
                bad(
                        "- keep: likes >= 0",
                        "- { keep: a, set: { b: c } }",
                        "a step is one of set, require, watermark, dedup, keep, not 2 keys"),
                bad("- keep: likes >= 0", "- keep", "a step is not a mapping"),
                bad("- keep: likes >= 0", "- keep: [likes]", "'keep' is not a single value"),
                bad("{ missing_id:", "{ missing-id:", "'missing-id' cannot be a name"),
                bad("delay: 2 minutes", "delay: 2 parsecs", "'2 parsecs' is not a length of time"),
                bad("delay: 2 minutes", "delay: 0 s", "a watermark needs a delay above zero"),
                bad("delay: 2 minutes, ", "", "a watermark needs a delay above zero"),
                bad("idle_close: 30 s", "idle: 30 s", "unknown key 'idle'"),
                bad("by: [id], keep", "by: [], keep", "dedup does not say by which fields"),
                bad("keep: first", "keep: last", "'last' is not a way to choose a copy"),
                bad(", within: 30 minutes", "", "dedup does not say how long the stream remembers a key"));
    }

    private static List<BadExample> views() {
        return List.of(
                bad("explode: { each: tags,", "explode: {", "the key 'each' is missing"),
                bad(", as: tag }", " }", "the key 'as' is missing"),
                bad("by: [tag]", "by: tag", "'by' is not a list"),
                bad("by: [tag]", "by: [[tag]]", "an entry of 'by' is not a single value"),
                bad("by: [tag]", "by: [tag, tag]", "the column 'tag' stands twice"),
                bad("n: count(*), liked", "n: median(likes), liked", "there is no measure 'median'"),
                bad("n: count(*), liked", "n: likes, liked", "'likes' is not a measure"),
                bad("n: count(*), liked", "n: count(), liked", "count needs something to compute"),
                bad(", measures: { users: distinct(id) }", "", "the view 'total' has no measures"),
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
                bad("n desc, tag", "n desc now, tag", "'n desc now' is not an order"));
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
                bad("calendar: day", "calendar: month", "'month' is not a calendar window"),
                bad("global: true", "global: false", "'false' is not a choice"),
                bad("tumbling: 20", "windoww: 20", "unknown key 'windoww'"));
    }

    private static List<BadExample> plans() {
        return List.of(
                bad("trigger: 1 second", "trigger: often", "'often' is not a length of time"),
                bad("max_records: 500", "max_records: 0", "'0' is not a whole number from 1 to 1000000"),
                bad("max_records: 500", "max_records: 0.5", "'0.5' is not a whole number from 1 to 1000000"),
                bad("cron: \"55 23 * * *\", ", "", "the key 'cron' is missing"),
                bad("batch: { schedule", "batch: { shedule", "unknown key 'shedule'"),
                bad("default: exact", "default: roughly", "'roughly' is not a tolerance"),
                bad("n: 1% }", "n: 1..2% }", "'1..2%' is not a tolerance"),
                bad("parity: 1%", "parity: 1.2.3%", "'1.2.3%' is not a percentage"),
                bad("throughput: 100/s", "throughput: 100", "'100' is not a rate"),
                bad("rate: 120/s", "rate: 0/s", "'0/s' is not a rate"),
                bad("rate: 120/s", "rate: ./s", "'./s' is not a rate"),
                bad("seed: 42", "seed: 1.5", "'1.5' is not a whole number"),
                bad("model: tweets, ", "", "the key 'model' is missing"),
                bad("share: 2%", "share: 200%", "'200%' is not a share"),
                bad("delay: 10s..10m", "delay: 10s", "'10s' is not a range of times"),
                bad("malformed: 0.1%", "malformed: often", "'often' is not a share"));
    }

    /** What only someone who knows the names, the types or the order can see. */
    private static Stream<BadExample> ofMeaning() {
        return Stream.of(
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
                        "no step says how late an event may be"),
                bad("by: [tag]", "by: [n]", "the column 'n' stands twice"),
                bad("from: per_tag", "from: best", "there is no view 'best' above this one"),
                bad("order: [n desc", "order: [m desc", "there is no column 'm' to order by"),
                bad("{ view: best,", "{ view: bests,", "there is no view 'bests'"),
                bad(
                        "every: 10 minutes",
                        "every: 2 hours",
                        "this window cannot be cut: Cannot slide by PT2H over a window of PT1H: events between two windows would be lost; make slide at most size"),
                bad("mean: 1e-9", "meen: 1e-9", "there is no measure 'meen'"),
                bad("delay: 10s..10m", "delay: 10m..10s", "'10m..10s' is not a range of times"),
                bad("about: For tests", "about: For tests\npipeline: again", "the key 'pipeline' stands twice"),
                bad("keep: first", "keep: first, keep: first", "the key 'keep' stands twice"));
    }

    private static BadExample bad(String from, String to, String told) {
        return new BadExample(from, to, told);
    }
}
