package dev.tandem.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.json.Json;
import dev.tandem.parity.traits.CommonText;
import dev.tandem.parity.traits.CommonTraits;
import dev.tandem.store.RefusedRecords.Refused;
import dev.tandem.store.RefusedScan;
import dev.tandem.store.RefusedScan.Filter;
import dev.tandem.store.RefusedScan.Kind;
import dev.tandem.store.RefusedScan.Summary;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Refused records as text, CSV or a document.
 *
 * @param common what they have in common, where that was asked
 */
record RefusedAnswer(
        String pipeline, String verb, Kind kind, Listed list, Filter filter, Optional<CommonTraits> common) {
    /**
     * What the database lists: all, or a sample where the landed log has the rest.
     *
     * @param total how many there are by the ledger
     */
    record Listed(RefusedScan scan, long total) {}

    /** {@code of} what was asked for; {@code all} that are listed. */
    private record Counts(Summary of, long all, long total) {
        boolean sampled() {
            return all < total;
        }
    }

    private Counts counts() {
        var of = list.scan().summary(kind, filter);
        boolean whole = filter.equals(Filter.ALL);
        return new Counts(
                of, whole ? of.records() : list.scan().summary(kind, Filter.ALL).records(), list.total());
    }

    /** As the ledger counts them, where all are asked for. */
    private long records(Counts counts) {
        return filter.equals(Filter.ALL) ? counts.total() : counts.of().records();
    }

    private static final int LONGEST_RAW = 300;
    private static final int LONGEST_LIST = 24;

    /** The counts, and the first {@code most} records below them. */
    String text(long most) {
        var counts = counts();
        var summary = counts.of();
        var lines = new ArrayList<String>();
        lines.add("%s of %s: %s".formatted(verb, pipeline, told(records(counts))));
        if (counts.sampled()) {
            lines.add(
                    "  the database lists %,d of %,d, up to 100 of a micro-batch and partition; what follows is of this sample, the landed log has all"
                            .formatted(counts.all(), counts.total()));
        }
        if (kind != Kind.DUPLICATE) {
            counts(kind == Kind.LATE ? "by view" : "by rule", largestFirst(summary.byReason()), summary, lines);
        }
        counts("by partition", List.copyOf(summary.byPartition().entrySet()), summary, lines);
        counts("by hour of arrival", List.copyOf(summary.byHour().entrySet()), summary, lines);
        common.ifPresent(it -> lines.addAll(CommonText.lines(it, word())));
        each(most, record -> {
            lines.add("");
            lines.add("%s  arrived %s, micro-batch %d%s"
                    .formatted(record.at(), record.arrivedAt(), record.microBatch(), why(record)));
            lines.add("    " + oneLine(record.raw()));
        });
        return String.join("\n", lines) + "\n";
    }

    private String word() {
        return switch (kind) {
            case LATE -> "late";
            case DUPLICATE -> "duplicate";
            case QUARANTINE -> "quarantined";
        };
    }

    private static String told(long count) {
        return count == 1 ? "1 record" : "%,d records".formatted(count);
    }

    private String why(Refused record) {
        var rule = kind == Kind.DUPLICATE ? "" : ", " + record.reason();
        return rule + (record.detail().isEmpty() ? "" : ": " + record.detail());
    }

    private static List<Map.Entry<String, Long>> largestFirst(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private static <K> void counts(
            String heading, List<Map.Entry<K, Long>> counts, Summary summary, List<String> lines) {
        if (counts.isEmpty()) {
            return;
        }
        lines.add("  " + heading);
        counts.stream()
                .limit(LONGEST_LIST)
                .forEach(it -> lines.add("    %-28s %,10d  %5.1f %%"
                        .formatted(it.getKey(), it.getValue(), 100.0 * it.getValue() / summary.records())));
        if (counts.size() > LONGEST_LIST) {
            lines.add("    and %d more; --format json has all".formatted(counts.size() - LONGEST_LIST));
        }
    }

    /** All records, or the first {@code most}; text as it arrived, so a spreadsheet should not be told to run formulas. */
    void csv(OptionalLong most, PrintStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        var printer = new CSVPrinter(
                writer, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get());
        printer.printRecord(
                "partition", "position", "arrived_at", "event_time", "micro_batch", "reason", "detail", "raw");
        try (var records = list.scan().records(kind, filter)) {
            for (long left = most.orElse(Long.MAX_VALUE); left > 0 && records.hasNext(); left--) {
                var it = records.next();
                printer.printRecord(
                        it.at().partition(),
                        it.at().position(),
                        it.arrivedAt(),
                        it.eventTime().map(Instant::toString).orElse(""),
                        it.microBatch(),
                        kind == Kind.DUPLICATE ? "" : it.reason(),
                        it.detail(),
                        it.raw());
            }
        }
        printer.flush();
    }

    /** The counts and the first {@code most} records. */
    ObjectNode document(long most) {
        var counts = counts();
        var summary = counts.of();
        var document = Json.document(verb)
                .put("pipeline", pipeline)
                .put("records", records(counts))
                .put("total", counts.total())
                .put("listed", summary.records())
                .put("sampled", counts.sampled());
        var reasons = document.putObject(kind == Kind.LATE ? "by_view" : "by_rule");
        if (kind != Kind.DUPLICATE) {
            summary.byReason().forEach(reasons::put);
        }
        var partitions = document.putObject("by_partition");
        summary.byPartition().forEach((partition, count) -> partitions.put(partition.toString(), count));
        var hours = document.putObject("by_hour");
        summary.byHour().forEach((hour, count) -> hours.put(hour.toString(), count));
        common.ifPresent(it -> CommonText.write(it, word(), document));
        var rows = document.putArray("list");
        each(
                most,
                it -> rows.addObject()
                        .put("partition", it.at().partition())
                        .put("position", it.at().position())
                        .put("arrived_at", it.arrivedAt().toString())
                        .put("event_time", it.eventTime().map(Instant::toString).orElse(null))
                        .put("micro_batch", it.microBatch())
                        .put("reason", reason(it).orElse(null))
                        .put("detail", it.detail())
                        .put("raw", it.raw()));
        return document;
    }

    private Optional<String> reason(Refused record) {
        return kind == Kind.DUPLICATE ? Optional.empty() : Optional.of(record.reason());
    }

    private void each(long most, Consumer<Refused> sink) {
        if (most <= 0) {
            return;
        }
        try (var records = list.scan().records(kind, filter)) {
            for (long left = most; left > 0 && records.hasNext(); left--) {
                sink.accept(records.next());
            }
        }
    }

    private static String oneLine(String raw) {
        var line = raw.codePoints()
                .map(it -> Character.isISOControl(it) ? ' ' : it)
                .limit(LONGEST_RAW + 1L)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        if (line.isEmpty()) {
            return "(its bytes are in the landed log: ./tandem trace --at)";
        }
        return line.codePointCount(0, line.length()) <= LONGEST_RAW
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_RAW)) + "…";
    }
}
