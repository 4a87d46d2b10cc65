package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendingTest {

    private final Feed feed = Made.feed(1_000, FaultPlan.usual());
    private final List<FeedProgress> progress = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void sendsEveryRecordInOrder() {
        var log = new KeptLog();

        var summary = sending(log, new Pace.Unpaced()).send(feed);

        assertThat(log.history())
                .extracting(sent -> sent.value())
                .containsExactlyElementsOf(
                        Made.records(feed).stream().map(FeedRecord::value).toList());
        assertThat(summary.acked())
                .isEqualTo(summary.sent())
                .isEqualTo(log.history().size());
        assertThat(summary.stopped()).isFalse();
    }

    @Test
    void sendsACopyToThePartitionOfItsOriginal() {
        sending(new KeptLog(), new Pace.Unpaced()).send(feed);

        try (var lines = TruthFile.read(truth())) {
            var partitions = new HashMap<String, Integer>();
            assertThat(lines).allSatisfy(line -> {
                var partition = line.delivery().position().orElseThrow().partition();
                assertThat(partition)
                        .isEqualTo(partitions.computeIfAbsent(line.id().orElseThrow(), id -> partition));
            });
        }
    }

    @Test
    void tellsWhereThePartitionsEnd() {
        var summary = sending(new KeptLog(), new Pace.Unpaced()).send(feed);

        assertThat(summary.endOffsets()).containsOnlyKeys(0, 1);
        assertThat(summary.endOffsets().values().stream().mapToLong(end -> end).sum())
                .isEqualTo(summary.acked());
    }

    /** In the order of sending, so that equal feeds tell the same. */
    @Test
    void tellsWhereItStandsAfterEachRecord() {
        var target = new FeedTarget("nowhere:9092", "raw_feed", new Pace.Unpaced(), Optional.of(truth()));
        var told = new ArrayList<Long>();
        var last = new HashMap<Integer, Long>();
        Standing standing = (records, ends) -> {
            told.add(records);
            assertThat(ends.values().stream().mapToLong(end -> end).sum()).isEqualTo(records);
            last.putAll(ends);
        };

        var summary = new Sending(target, new KeptLog(), new Sending.Listeners(progress::add, batch -> {}, standing))
                .send(feed);

        assertThat(told)
                .isEqualTo(LongStream.rangeClosed(1, summary.sent()).boxed().toList());
        assertThat(last).isEqualTo(summary.endOffsets());
    }

    @Test
    void writesATruthThatAddsUpToItsSummary() {
        var summary = sending(new KeptLog(), new Pace.Unpaced()).send(feed);

        assertThat(TruthFile.summary(truth()))
                .isEqualTo(new TruthSummary(summary.sent(), summary.faults(), Map.of("acked", summary.acked())));
    }

    @Test
    void countsARecordThatTheLogRefuses() {
        var log = new KeptLog(new RecordTooLargeException("too large"));

        var summary = sending(log, new Pace.Unpaced()).send(feed);

        assertThat(summary.refused()).isEqualTo(1);
        assertThat(summary.acked()).isEqualTo(summary.sent() - 1);
        assertThat(TruthFile.summary(truth()).statuses()).containsEntry("refused", 1L);
    }

    @Test
    void failsWhereAnAnswerStaysOut() {
        var log = new KeptLog(new TimeoutException("120000 ms have passed"));

        assertThatThrownBy(() -> sending(log, new Pace.Unpaced()).send(feed))
                .hasMessage("Cannot send to topic 'raw_feed' at nowhere:9092: 120000 ms have passed, and 1 of 6 records"
                        + " are not acknowledged; run ./tandem doctor");
        assertThat(TruthFile.summary(truth()).statuses()).isEqualTo(Map.of("acked", 5L, "unknown", 1L));
    }

    @Test
    void stopsWhenInterrupted() {
        Thread.currentThread().interrupt();

        var summary = sending(new KeptLog(), new Pace.Evenly(1)).send(feed);

        assertThat(summary.stopped()).isTrue();
        assertThat(summary.sent()).isZero();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void keepsToItsPace() {
        var summary = sending(new KeptLog(), new Pace.Evenly(5_000)).send(Made.feed(500, FaultPlan.none()));

        assertThat(summary.took()).isBetween(Duration.ofMillis(99), Duration.ofMillis(1_000));
    }

    @Test
    void reportsItsEnd() {
        var summary = sending(new KeptLog(), new Pace.Unpaced()).send(feed);

        var last = progress.get(progress.size() - 1);
        assertThat(last.acked()).isEqualTo(summary.acked());
        assertThat(last.size()).hasValue(summary.sent());
    }

    @Test
    void S1_24_tellsOfEachBatch() {
        var told = new ArrayList<String>();
        var pace = new Pace.Batches(100, Duration.ofMillis(1), Duration.ofMillis(2));
        var target = new FeedTarget("nowhere:9092", "raw_feed", pace, Optional.empty());
        var log = new KeptLog(new RecordTooLargeException("too large"));

        var unused = new Sending(
                        target,
                        log,
                        new Sending.Listeners(progress::add, batch -> told.add(batch.told()), Standing.UNHEARD))
                .send(Made.feed(250, FaultPlan.none()));

        assertThat(told)
                .containsExactly(
                        "[Batch 0001] Sent: 99 / Failed: 1",
                        "[Batch 0002] Sent: 100 / Failed: 0",
                        "[Batch 0003] Sent: 50 / Failed: 0");
    }

    private Sending sending(KeptLog log, Pace pace) {
        var target = new FeedTarget("nowhere:9092", "raw_feed", pace, Optional.of(truth()));
        return new Sending(target, log, progress::add);
    }

    private Path truth() {
        return folder.resolve("truth.jsonl");
    }
}
