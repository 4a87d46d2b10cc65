package dev.tandem.engine.batch;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.Preparation;
import dev.tandem.engine.landed.LogParts;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.prepare.PackedContents.Raw;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Fates;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.stream.StreamDetail;
import dev.tandem.model.Dedup;
import dev.tandem.model.Output;
import dev.tandem.sink.TaskFiles;
import dev.tandem.sink.TaskWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A definition run over the landed log as a batch: Spark's tasks read, parse and pack the log, decide the records of each part by
 * dedup key in landed order, and count the groups of each part by group key. A task holds the keys or the groups of its part;
 * nothing in the driver grows with the number of records. To be closed.
 */
public final class BatchRun implements AutoCloseable {
    /**
     * A log to count.
     *
     * @param at what has closed by the cut, for the status of rows
     */
    public record Over(LandedLog log, EndOffsets cut, Watermarks at) {}

    /** Records read for each task that writes an output. */
    private static final long WORTH_A_TASK = 250_000;

    private final Compiled compiled;
    private final BatchStages stages;

    private BatchRun(SparkRuntime spark, Compiled compiled, Over over) {
        this.compiled = compiled;
        var wanted = compiled.wanted();
        var log = new LogParts(spark, over.log(), over.cut());
        var slices = log.slices();
        var plan = compiled.plan();
        var parts =
                BatchParts.of(log.records(), slices.size(), plan.windowsOfARecord(), plan.keep() == Dedup.Keep.LAST);
        var name = "the batch of '%s'".formatted(compiled.pipeline().name());
        var detail = new StreamDetail(
                false,
                wanted.kinds().contains(Output.What.Kind.EVENTS),
                wanted.kinds().contains(Output.What.Kind.BRANCH),
                wanted.quarantine());
        var contents = new PackedContents(wanted.quarantine() ? Raw.QUARANTINED : Raw.NONE, false, wanted.fields());
        var read = new Preparation(compiled, contents, parts.keys()).packed(log.landed(slices));
        var setup = new BatchSetup(
                name, plan, detail, over.at(), parts, compiled.context().isLocal());
        stages = new BatchStages(setup, read, spark.session());
        try {
            fates().requireBalance(name);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Counts the log up to the cut. */
    public static BatchRun of(SparkRuntime spark, Compiled compiled, Over over) {
        return new BatchRun(spark, compiled, over);
    }

    public Fates fates() {
        return stages.totals().fates();
    }

    /** Quarantined records by rule. */
    public Map<String, Long> reasons() {
        return stages.totals().reasons();
    }

    /** Records in side outputs, by branch. */
    public Map<String, Long> splits() {
        return stages.totals().splits();
    }

    /** Records without a row in a dimension, by dimension. */
    public Map<String, Long> unmatched() {
        return stages.totals().unmatched();
    }

    /** Records in a window that had not closed at the cut. */
    public long waiting() {
        return stages.waiting();
    }

    /** The rows of every view, fetched while they are asked for. */
    public Stream<ResultRow> rows() {
        return Stream.concat(stages.tops().stream(), stream(stages.rows()));
    }

    /** The rows of one view, fetched while they are asked for. */
    public Stream<ResultRow> rows(String view) {
        int number = grouped(view).orElse(-1);
        return number < 0 ? stages.tops().stream().filter(row -> row.view().equals(view)) : stream(stages.rows(number));
    }

    private OptionalInt grouped(String view) {
        var grouped = compiled.plan().grouped();
        return IntStream.range(0, grouped.size())
                .filter(it -> grouped.get(it).name().equals(view))
                .findFirst();
    }

    /** What tasks write of {@code what}; empty where so little was read, or a view is so small, that the driver does. */
    public Optional<Tasks> tasks(Output.What what) {
        return tasks(what, WORTH_A_TASK);
    }

    /** The same where {@code worth} records are enough for a task. */
    Optional<Tasks> tasks(Output.What what, long worth) {
        int tasks = (int) Math.min(compiled.context().defaultParallelism(), fates().read() / worth);
        return tasks < 2 ? Optional.empty() : chunks(what).map(of -> new Tasks(of, tasks));
    }

    private Optional<OutputChunks> chunks(Output.What what) {
        return what.fold(
                view -> grouped(view.name()).stream()
                        .mapToObj(OutputChunks::ofView)
                        .findFirst(),
                records -> Optional.of(
                        switch (records.kind()) {
                            case EVENTS -> OutputChunks.ofEvents();
                            case BRANCH -> OutputChunks.ofSideOutput(records.name());
                            case QUARANTINE -> OutputChunks.ofQuarantine();
                        }));
    }

    /** Tasks that write one output side by side. */
    public final class Tasks {
        private final OutputChunks of;
        private final int tasks;

        private Tasks(OutputChunks of, int tasks) {
            this.of = of;
            this.tasks = tasks;
        }

        /** The files that {@code writer} made in each task. */
        public List<TaskFiles> write(TaskWriter writer) {
            return stages.write(of, tasks, writer);
        }
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }

    /** The records that outputs of this kind want, in the order of the log; {@code branch} for a side output. */
    public Iterator<Prepared> records(Output.What.Kind kind, String branch) {
        return switch (kind) {
            case EVENTS -> stages.events();
            case BRANCH ->
                stream(stages.sideOutputs())
                        .filter(record -> record.exit()
                                .flatMap(Prepared.Exit::branch)
                                .filter(branch::equals)
                                .isPresent())
                        .iterator();
            case QUARANTINE -> stages.quarantined();
        };
    }

    @Override
    public void close() {
        stages.close();
    }
}
