package dev.tandem.app.run;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Shape;
import dev.tandem.model.Pipeline;
import dev.tandem.parity.PartitionGap;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.store.LedgerReader.MicroBatch;
import dev.tandem.store.LedgerReader.QuarantinedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a reader of a verdict must know beside it: that most records were refused, that partitions lie
 * hours apart, that some records were never read, that nothing was tested.
 */
record Remarks(Pipeline pipeline, PipelineStore store, EndOffsets cut) {
    /** From this share on, refused records are the first thing to look at. */
    private static final double MUCH = 0.2;

    /** A micro-batch refuses by the watermark of the one before it, so in the first two nothing is late. */
    private static final int WITHOUT_LATE = 2;

    private static final int LONGEST_DETAIL = 200;

    Report added(Report report, Map<String, Long> refused, List<MicroBatch> committed) {
        var microBatches =
                committed.stream().filter(it -> it.number() <= cut.microBatch()).toList();
        long read = microBatches.stream().mapToLong(it -> it.fates().read()).sum();
        var remarks = new ArrayList<String>();
        refused(refused, read).ifPresent(remarks::add);
        PartitionGap.of(report.subject().cut().times()).map(PartitionGap::told).ifPresent(remarks::add);
        untested(report, microBatches).ifPresent(remarks::add);
        store.unread().ifPresent(remarks::add);
        return remarks.isEmpty() ? report : report.saying(String.join(" ", remarks));
    }

    private Optional<String> refused(Map<String, Long> refused, long read) {
        long all = refused.values().stream().mapToLong(Long::longValue).sum();
        if (read == 0 || all < MUCH * read) {
            return Optional.empty();
        }
        var most = refused.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        var rule = most.getKey();
        return Optional.of(
                "The rule '%s' refused %,d of %,d records%s; ./tandem quarantine %s --rule %s --list shows them."
                        .formatted(
                                rule,
                                most.getValue(),
                                read,
                                first(rule).map(Remarks::told).orElse(""),
                                pipeline.name(),
                                rule));
    }

    private Optional<QuarantinedRecord> first(String rule) {
        try (var records = store.ledgerReader().quarantined(cut.microBatch())) {
            while (records.hasNext()) {
                var record = records.next();
                if (record.reason().equals(rule)) {
                    return Optional.of(record);
                }
            }
            return Optional.empty();
        }
    }

    private static String told(QuarantinedRecord record) {
        var detail = record.detail();
        var shown = detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…";
        return ", the first at %s%s".formatted(record.at(), shown.isEmpty() ? "" : " (%s)".formatted(shown));
    }

    private Optional<String> untested(Report report, List<MicroBatch> microBatches) {
        long reading = microBatches.stream().filter(it -> it.fates().read() > 0).count();
        boolean windows = store.stored().stream().anyMatch(Shape::windowed);
        if (report.verdict() != Verdict.AGREE || reading > WITHOUT_LATE || !windows) {
            return Optional.empty();
        }
        return Optional.of(
                "All records came in %s, where none can be late: this run does not test the watermark; feed more slowly, or lower stream.max_records."
                        .formatted(reading == 1 ? "one micro-batch" : "two micro-batches"));
    }
}
