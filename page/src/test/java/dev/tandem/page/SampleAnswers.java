package dev.tandem.page;

import dev.tandem.page.data.Comparison;
import dev.tandem.page.data.DifferenceQuery;
import dev.tandem.page.data.DifferingRows;
import dev.tandem.page.data.DifferingRows.Cell;
import dev.tandem.page.data.DifferingRows.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is told of a sample's single rows and records, in the form of {@code explain --json} and {@code trace --json}. */
final class SampleAnswers {
    private static final String RAW =
            "{\"tweet_id\":\"t-4711\",\"user_id\":\"u7\",\"text\":\"Rain again. #coffee\",\"likes\":6,\"created_at\":\"2026-01-31T12:04:12Z\"}";

    private SampleAnswers() {}

    @SuppressWarnings("unchecked")
    static DifferingRows differences(SamplePipeline sample, DifferenceQuery query) {
        var all = ((List<Map<String, Object>>) of(SampleReport.of(sample), "differences"))
                .stream().map(SampleAnswers::row).toList();
        var fitting = all.stream().filter(it -> fits(it, query)).toList();
        return new DifferingRows(
                all.size(),
                fitting.size(),
                fitting.stream().skip(query.from()).limit(query.most()).toList());
    }

    private static boolean fits(Row row, DifferenceQuery query) {
        return (query.view().isEmpty() || query.view().equals(row.view()))
                && (query.cause().isEmpty() || row.causes().containsKey(query.cause()))
                && String.join(" ", row.key().values()).contains(query.text());
    }

    @SuppressWarnings("unchecked")
    private static Row row(Map<String, Object> it) {
        var causes = new LinkedHashMap<String, Long>();
        ((Map<String, Integer>) of(it, "causes")).forEach((cause, count) -> causes.put(cause, count.longValue()));
        var cell = new Cell(
                (String) of(it, "measure"),
                text(of(it, "stream")),
                text(of(it, "batch")),
                text(of(it, "difference")),
                text(of(it, "percent")));
        return new Row(
                (String) of(it, "view"),
                (Optional<Instant>) of(it, "start"),
                (Optional<Instant>) of(it, "end"),
                (Map<String, String>) of(it, "key"),
                List.of(
                        cell,
                        new Cell("mean", Optional.of("3.5"), Optional.empty(), Optional.empty(), Optional.empty())),
                causes,
                (List<String>) of(it, "records"));
    }

    private static Object of(Map<String, Object> map, String name) {
        return Objects.requireNonNull(map.get(name));
    }

    private static Optional<String> text(Object value) {
        return value instanceof Optional<?> optional
                ? optional.map(Object::toString)
                : Optional.ofNullable(value).map(Object::toString);
    }

    static List<Comparison> comparisons(SamplePipeline sample) {
        if (sample.verdict().equals("pending")) {
            return List.of();
        }
        return IntStream.range(0, 24)
                .mapToObj(at -> new Comparison(
                        Instant.parse("2026-01-31T00:00:00Z").plus(Duration.ofHours(at)),
                        at == 11 ? "disagree" : "agree_with_causes",
                        1_200,
                        1_188 - at % 5,
                        (1_188 - at % 5) / 12.0,
                        at == 11 ? 2 : 0,
                        Map.of("late", 9L + at % 4)))
                .toList();
    }

    static Map<String, Object> trial(SamplePipeline sample) {
        var trial = new LinkedHashMap<String, Object>();
        trial.put("pipeline", sample.facts().name());
        trial.put("delay_before_ms", 120_000);
        trial.put("delay_ms", 266_000);
        trial.put("faithful", true);
        trial.put("before", Map.of("late", 5, "late_partial", 0, "duplicate", 12, "groups", 60, "keys", 40));
        trial.put("then", Map.of("late", 0, "late_partial", 0, "duplicate", 12, "groups", 90, "keys", 48));
        trial.put("later", Map.of("windows", 41, "median_ms", 146_000, "most_ms", 200_000, "waiting", 2));
        trial.put("rows", 412);
        trial.put("changed", 1);
        trial.put("become_equal", 1);
        trial.put("become_unequal", 0);
        trial.put(
                "largest",
                List.of(Map.of(
                        "view",
                        sample.facts().views().get(0).name(),
                        "window_start",
                        "2026-01-01T00:40:00Z",
                        "window_end",
                        "2026-01-01T00:45:00Z",
                        "key",
                        Map.of("hashtag", "#coffee"),
                        "final",
                        true,
                        "measures",
                        List.of(Map.of("measure", "tweets", "stream", "964", "then", "971", "batch", "971")))));
        return trial;
    }

    static Map<String, Object> why(SamplePipeline sample) {
        var view = sample.facts().views().get(0).name();
        var key = Map.of("hashtag", "#coffee");
        var answer = new LinkedHashMap<String, Object>();
        answer.put("pipeline", sample.facts().name());
        answer.put("asked", 412);
        answer.put("differing", 3);
        answer.put("rows", List.of(line(view, "#coffee", "964", "971"), line(view, "#monday", "12", "13")));
        answer.put("chosen", 1);
        var explained = new LinkedHashMap<String, Object>();
        explained.put("view", view);
        explained.put("window_start", "2026-01-31T12:00:00Z");
        explained.put("window_end", "2026-01-31T12:20:00Z");
        explained.put("key", key);
        explained.put("definition", sample.facts().hash());
        explained.put("closed", true);
        explained.put("stream", mode(412, Optional.of("2026-01-31T20:04:00Z")));
        explained.put("batch", mode(410, Optional.empty()));
        explained.put(
                "measures",
                List.of(
                        bridge("n", true, List.of("964", "973", "971"), List.of("9", "-2")),
                        bridge("mean_likes", false, List.of("3.25", "3.5", "3.4"), List.of("0.25", "-0.1"))));
        explained.put("causes", List.of(cause("late", 9), cause("dup_horizon", 2)));
        answer.put("explained", List.of(explained));
        return answer;
    }

    private static Map<String, Object> line(String view, String tag, String stream, String batch) {
        var line = new LinkedHashMap<String, Object>();
        line.put("view", view);
        line.put("window_start", "2026-01-31T12:00:00Z");
        line.put("key", Map.of("hashtag", tag));
        line.put("measure", "n");
        line.put("stream", stream);
        line.put("batch", batch);
        line.put("difference", String.valueOf(Integer.parseInt(batch) - Integer.parseInt(stream)));
        line.put("closed", true);
        return line;
    }

    private static Map<String, Object> mode(int microBatch, Optional<String> watermark) {
        var mode = new LinkedHashMap<String, Object>();
        mode.put("row", true);
        mode.put("definition", "759b50f60bec1234");
        mode.put("micro_batch", microBatch);
        mode.put("positions", Map.of("0", 33_668, "1", 33_669));
        mode.put("watermark", watermark);
        mode.put("at", "2026-01-31T20:05:00Z");
        mode.put("age_ms", 90_000);
        return mode;
    }

    private static Map<String, Object> bridge(
            String measure, boolean additive, List<String> values, List<String> amounts) {
        var steps = new ArrayList<Map<String, Object>>();
        for (int at = 0; at < amounts.size(); at++) {
            steps.add(Map.of(
                    "cause",
                    at == 0 ? "late" : "dup_horizon",
                    "amount",
                    amounts.get(at),
                    "from",
                    values.get(at),
                    "to",
                    values.get(at + 1),
                    "records",
                    at == 0 ? 9 : 2));
        }
        return Map.of(
                "measure",
                measure,
                "additive",
                additive,
                "stream",
                values.get(0),
                "batch",
                values.get(values.size() - 1),
                "difference",
                additive ? "7" : "0.15",
                "steps",
                steps,
                "unexplained",
                "0",
                "complete",
                true);
    }

    private static Map<String, Object> cause(String code, int records) {
        return Map.of(
                "cause",
                code,
                "meaning",
                "counted by the batch; the stream had closed the window",
                "hint",
                "a longer watermark delay",
                "records",
                records,
                "first",
                List.of(record(4_711), record(4_940)));
    }

    private static Map<String, Object> record(int position) {
        var record = new LinkedHashMap<String, Object>();
        record.put("partition", 0);
        record.put("position", position);
        record.put("event_time", "2026-01-31T12:04:12Z");
        record.put("arrival", "2026-01-31T12:24:12Z");
        record.put("lateness_ms", 1_200_000);
        record.put("micro_batch", 7);
        record.put("watermark", "2026-01-31T12:22:00Z");
        record.put("stream", "late: micro-batch 7 refused it");
        record.put("batch", "counted");
        record.put("arguments", Map.of("n", "1", "mean_likes", "6"));
        record.put("raw", RAW);
        return record;
    }

    static Map<String, Object> trace(SamplePipeline sample) {
        var view = sample.facts().views().get(0).name();
        var trace = new LinkedHashMap<String, Object>();
        trace.put("pipeline", sample.facts().name());
        trace.putAll(record(4_711));
        trace.put(
                "steps",
                List.of(
                        Map.of("step", "parse", "changed", Map.of("tweet_id", "t-4711", "likes", "6"), "outcome", ""),
                        Map.of("step", "require likes >= 0", "changed", Map.of(), "outcome", "")));
        trace.put(
                "copies",
                List.of(
                        Map.of("partition", 0, "position", 4_711, "micro_batch", 7, "landed", "kept"),
                        Map.of("partition", 2, "position", 118, "micro_batch", 9, "landed", "duplicate")));
        var row = new LinkedHashMap<String, Object>();
        row.put("view", view);
        row.put("window_start", "2026-01-31T12:00:00Z");
        row.put("window_end", "2026-01-31T12:20:00Z");
        row.put("key", Map.of("hashtag", "#coffee"));
        row.put("in_stream", false);
        row.put("in_batch", true);
        row.put("refused", true);
        row.put("why", "late");
        row.put("values", Map.of("n", Map.of("stream", "964", "batch", "971")));
        trace.put("rows", List.of(row));
        return trace;
    }
}
