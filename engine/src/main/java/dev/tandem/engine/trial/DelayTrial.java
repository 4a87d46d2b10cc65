package dev.tandem.engine.trial;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.Preparation;
import dev.tandem.engine.landed.LogParts;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PackedContents.Raw;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stage.PartThreads;
import dev.tandem.engine.stage.ReadBlocks;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Fates;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Window.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a stream would have counted with another watermark delay. Its landed log is given to two streams at once, in the micro-batches
 * that its ledger has: one with the delay that it had, one with the other. So every figure is counted, on both sides in the same way.
 * Nothing is written. Memory holds the state of two streams, one micro-batch, and some differing rows.
 */
public final class DelayTrial {
    /** An idle source has closed windows if the watermark was as much behind the clock as the delay says, up to this. */
    private static final long CLOCKS_APART_MICROS = 1_000_000;

    /**
     * A micro-batch as the stream has committed it.
     *
     * @param close its watermark
     * @param readMillis when it was begun, milliseconds since 1970
     */
    public record MicroBatch(long number, long records, long close, long readMillis) {}

    /**
     * What is to be counted.
     *
     * @param cut the end of the log
     * @param microBatches all up to {@code cut}, in their order
     * @param wanted the rows that are compared
     */
    public record Question(
            EndOffsets cut, List<MicroBatch> microBatches, Duration delay, Predicate<ResultRow> wanted) {}

    /**
     * One of the two streams.
     *
     * @param mostGroups the most open groups that it held at once
     * @param mostKeys the most dedup keys that it remembered at once
     */
    public record Side(Fates fates, long mostGroups, long mostKeys) {}

    /**
     * How much later windows close, measured in event time: by how much the highest event time had moved on.
     *
     * @param windows that later records have closed in both streams
     * @param waiting windows that records have closed in the stream as it was, but none in the tried one
     */
    public record Later(long windows, Duration median, Duration most, long waiting) {}

    /**
     * A row that differs; a side is empty where it has no such row.
     *
     * @param isFinal whether its window has closed in the tried stream too
     */
    public record Row(
            String view,
            Span window,
            List<@Nullable Object> key,
            Optional<List<@Nullable Object>> asItWas,
            Optional<List<@Nullable Object>> tried,
            boolean isFinal) {}

    /**
     * What was counted.
     *
     * @param rows how many rows were compared
     * @param differing some of those that differ
     * @param more how many differ beside them
     */
    public record Outcome(Side asItWas, Side tried, Later later, long rows, List<Row> differing, long more) {}

    private final Question question;
    private final Duration delay;
    private final int parts;
    private final TrialStream asItWas;
    private final TrialStream tried;
    private final TrialRows rows;
    private final TrialClock clock = new TrialClock();
    private final TreeMap<Long, List<BlockWriter>> waiting = new TreeMap<>();
    private int next;

    private DelayTrial(Compiled compiled, Question question, PartThreads threads, int parts) {
        this.question = question;
        this.parts = parts;
        this.delay = compiled.pipeline().watermark().delay();
        this.asItWas = new TrialStream(compiled.plan(), parts, threads);
        this.tried = new TrialStream(compiled.plan().withDelay(question.delay()), parts, threads);
        this.rows = new TrialRows(question.wanted());
    }

    /** Counts the log of a stream that ran by {@code compiled}. */
    public static Outcome of(SparkRuntime spark, Compiled compiled, LandedLog log, Question question) {
        int parts = spark.cores();
        try (var threads = new PartThreads(parts, spark.session())) {
            var trial = new DelayTrial(compiled, question, threads, parts);
            var preparation = new Preparation(compiled, new PackedContents(Raw.NONE, false, false), parts);
            new LogParts(spark, log, question.cut()).read(preparation::numbered, read -> read.forEach(trial::take));
            return trial.end();
        }
    }

    /** Takes what one task has read: records in landed order, of one micro-batch or several. */
    private void take(ReadBlocks read) {
        for (int part = 0; part < parts; part++) {
            var in = new BlockReader(read.blocks().get(part));
            while (in.hasMore()) {
                long number = in.readLong();
                in.readByte();
                int start = in.position();
                int length = Integer.BYTES + in.readInt();
                blocks(number).get(part).writeRaw(in.array(), start, length);
                in.seek(start + length);
            }
        }
        // Records come in the order of micro-batches: all but the last are complete.
        while (waiting.size() > 1) {
            takeUntil(waiting.firstKey());
        }
    }

    private List<BlockWriter> blocks(long number) {
        return waiting.computeIfAbsent(
                number, key -> Stream.generate(BlockWriter::new).limit(parts).toList());
    }

    private void takeUntil(long number) {
        while (next < question.microBatches().size()
                && question.microBatches().get(next).number() <= number) {
            take(question.microBatches().get(next));
            next++;
        }
        waiting.headMap(number, true).clear();
    }

    private void take(MicroBatch microBatch) {
        var records = waiting.get(microBatch.number());
        var blocks = records == null
                ? noRecords()
                : records.stream().map(BlockWriter::toByteArray).toList();
        boolean empty = microBatch.records() == 0;
        var before = asItWas.take(blocks, empty ? microBatch.close() : Long.MIN_VALUE);
        var after = tried.take(blocks, empty ? closing(microBatch) : Long.MIN_VALUE);
        rows.take(TrialRows.Stream.AS_IT_WAS, before);
        rows.take(TrialRows.Stream.TRIED, after);
        if (empty) {
            clock.takeWithoutRecords(after.closed());
        } else {
            clock.take(TrialRows.Stream.AS_IT_WAS, before.closed(), before.highestEvent());
            clock.take(TrialRows.Stream.TRIED, after.closed(), after.highestEvent());
        }
        if (asItWas.number() != microBatch.number()) {
            throw new EngineException(
                    "Cannot try another delay: the ledger has micro-batch %d where number %d should follow; was a row of tandem_ledger deleted?"
                            .formatted(microBatch.number(), asItWas.number()));
        }
    }

    private List<byte[]> noRecords() {
        return Stream.generate(() -> new byte[0]).limit(parts).toList();
    }

    /** A micro-batch without records has closed windows: because time has passed, or because the input had ended. */
    private long closing(MicroBatch microBatch) {
        long now = microBatch.readMillis() * 1_000;
        boolean idle = Math.abs(microBatch.close() - (now - micros(delay))) <= CLOCKS_APART_MICROS;
        return idle ? now - micros(question.delay()) : tried.lastEnd();
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private Outcome end() {
        if (!question.microBatches().isEmpty()) {
            takeUntil(question.microBatches()
                    .get(question.microBatches().size() - 1)
                    .number());
        }
        var later = clock.later();
        var watermarks = asItWas.watermarks();
        var triedWatermarks = tried.watermarks();
        var side = asItWas.side();
        var triedSide = tried.side();
        rows.logEnds();
        closeAll(watermarks, triedWatermarks);
        return new Outcome(side, triedSide, later, rows.rows(), rows.differing(), rows.more());
    }

    /** So that rows of open windows are told too where they are written only when their window closes. */
    private void closeAll(Watermarks watermarks, Watermarks triedWatermarks) {
        rows.take(TrialRows.Stream.AS_IT_WAS, asItWas.take(noRecords(), asItWas.lastEnd()));
        rows.take(TrialRows.Stream.TRIED, tried.take(noRecords(), tried.lastEnd()));
        rows.end(watermarks, triedWatermarks);
    }
}
