package dev.tandem.engine;

import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PackedContents.Raw;
import dev.tandem.engine.stage.HeapGuard;
import dev.tandem.engine.stage.PartThreads;
import dev.tandem.engine.stage.ReadBlocks;
import dev.tandem.fold.BatchGroupPart;
import dev.tandem.fold.BatchKeyPart;
import dev.tandem.fold.BatchTotals;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Fates;
import dev.tandem.fold.KeyPart;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.StreamDetail;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Output;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A definition run over the landed log as a batch: Spark's tasks read, parse and pack the log part by part; the partitions by dedup
 * key and by group key count the parts in landed order. Memory holds keys and groups, never the records: those that outputs want
 * wait in a file. To be closed.
 */
public final class BatchRun implements AutoCloseable {
    /**
     * A log to count.
     *
     * @param at what has closed by the cut, for the status of rows
     */
    public record Over(LandedLog log, Cut cut, Watermarks at) {}

    private final Compiled compiled;
    private final Watermarks at;
    private final List<BatchKeyPart> keyParts = new ArrayList<>();
    private final List<BatchGroupPart> groupParts = new ArrayList<>();
    private final BatchTotals totals = new BatchTotals();
    private final Wanted wanted;
    private final RecordSpill records;
    private final RecordSpill quarantined;
    private final PartThreads threads;
    private final HeapGuard heap;
    private final List<ResultRow> tops;

    private BatchRun(SparkRuntime spark, Compiled compiled, Over over) {
        this.compiled = compiled;
        this.at = over.at();
        this.wanted = compiled.wanted();
        int parts = spark.cores();
        for (int part = 0; part < parts; part++) {
            keyParts.add(new BatchKeyPart(compiled.plan()));
            groupParts.add(new BatchGroupPart(compiled.plan()));
        }
        records = new RecordSpill(spark.scratch());
        quarantined = new RecordSpill(spark.scratch());
        threads = new PartThreads(parts, spark.session());
        heap = new HeapGuard("the batch of '%s'".formatted(compiled.pipeline().name()));
        try {
            read(spark, over);
            drain();
            totals.fates()
                    .requireBalance(
                            "the batch of '%s'".formatted(compiled.pipeline().name()));
            tops = BatchTotals.tops(compiled.plan(), groupParts, at);
            spark.charge(threads.cpuNanos());
        } catch (OutOfMemoryError e) {
            close();
            throw heap.full(groups(), e);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Counts the log up to the cut. */
    public static BatchRun of(SparkRuntime spark, Compiled compiled, Over over) {
        return new BatchRun(spark, compiled, over);
    }

    private void read(SparkRuntime spark, Over over) {
        var contents = new PackedContents(wanted.quarantine() ? Raw.QUARANTINED : Raw.NONE, false, wanted.fields());
        var preparation = new Preparation(compiled, contents, keyParts.size());
        new LogParts(spark, over.log(), over.cut()).read(preparation::packed, read -> {
            count(read);
            heap.require(this::groups);
        });
    }

    private long groups() {
        return groupParts.stream().mapToLong(BatchGroupPart::size).sum();
    }

    private void count(List<ReadBlocks> read) {
        var task = task();
        send(threads.onEach(
                keyParts.size(),
                part -> Optional.of(keyParts.get(part)
                        .take(read.stream().map(it -> it.blocks().get(part)).toList(), task))));
    }

    private KeyPart.Task task() {
        var detail = new StreamDetail(
                false,
                wanted.kinds().contains(Output.What.Kind.EVENTS),
                wanted.kinds().contains(Output.What.Kind.BRANCH),
                wanted.quarantine());
        return new KeyPart.Task(0, Watermarks.NONE, groupParts.size(), detail, at.close());
    }

    private void drain() {
        boolean more = true;
        while (more) {
            var sent =
                    threads.onEach(keyParts.size(), part -> keyParts.get(part).drain(LogParts.RECORDS, task()));
            more = sent.stream().anyMatch(Optional::isPresent);
            send(sent);
        }
        records.end();
        quarantined.end();
    }

    private void send(List<Optional<KeyPart.Sent>> all) {
        var sent = all.stream().flatMap(Optional::stream).toList();
        threads.onEach(groupParts.size(), part -> {
            groupParts
                    .get(part)
                    .take(sent.stream().map(it -> it.groups().get(part)).toList());
            return part;
        });
        for (var each : sent) {
            totals.add(each.report(), (bytes, from, end, isQuarantined) -> {
                if (!isQuarantined) {
                    records.add(bytes, from, end, false);
                } else if (wanted.quarantine()) {
                    quarantined.add(bytes, from, end, true);
                }
            });
        }
        records.endPart();
        quarantined.endPart();
    }

    public Fates fates() {
        return totals.fates();
    }

    /** Quarantined records by rule. */
    public Map<String, Long> reasons() {
        return totals.reasons();
    }

    /** Records in side outputs, by branch. */
    public Map<String, Long> splits() {
        return totals.splits();
    }

    /** Records without a row in a dimension, by dimension. */
    public Map<String, Long> unmatched() {
        return totals.unmatched();
    }

    /** Records in a window that had not closed at the cut. */
    public long waiting() {
        return totals.waiting(at.close())
                + groupParts.stream()
                        .mapToLong(part -> part.waiting(at.close()))
                        .sum();
    }

    /** The rows of every view, made while they are asked for. */
    public Stream<ResultRow> rows() {
        return Stream.concat(tops.stream(), groupParts.stream().flatMap(part -> stream(part.rows(at))));
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        Iterable<T> once = () -> iterator;
        return StreamSupport.stream(once.spliterator(), false);
    }

    /** The records that outputs of this kind want, in the order of the log; {@code branch} for a side output. */
    public Iterator<Prepared> records(Output.What.Kind kind, String branch) {
        return switch (kind) {
            case EVENTS -> records.read(true, record -> record.exit().isEmpty());
            case BRANCH ->
                records.read(
                        true,
                        record -> record.exit()
                                .flatMap(Prepared.Exit::branch)
                                .filter(branch::equals)
                                .isPresent());
            case QUARANTINE -> quarantined.read(false, record -> true);
        };
    }

    @Override
    public void close() {
        threads.close();
        records.close();
        quarantined.close();
    }
}
