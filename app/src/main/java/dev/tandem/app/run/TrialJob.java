package dev.tandem.app.run;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.trial.DelayTrial;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Fates;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.Durations;
import dev.tandem.model.Mode;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.Numbers;
import dev.tandem.parity.StoredNumbers;
import dev.tandem.parity.explain.Trial;
import dev.tandem.store.LedgerReader.MicroBatch;
import dev.tandem.store.StoredRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts a stream again under another watermark delay and holds the rows that change against the batch's. */
final class TrialJob {
    private static final int LISTED = 10;

    private final SparkRuntime spark;
    private final Compiled compiled;
    private final PipelineStore store;
    private final Narrator narrator;

    TrialJob(SparkRuntime spark, Compiled compiled, PipelineStore store, Narrator narrator) {
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
        this.narrator = narrator;
    }

    /** Up to the cut of the last batch, so that there is something to hold the numbers against. */
    Trial run(RowQuestion question, Duration delay) {
        var pipeline = compiled.pipeline();
        var shapes = question.shapes(pipeline, store.stored()).stream()
                .collect(Collectors.toMap(Shape::name, Function.identity()));
        var runs = ComparedRuns.latest(store.runs(), pipeline.name(), "try another delay with");
        store.definition().requireSame(runs, "try another delay with");
        var cut = runs.cut();
        var microBatches = store.ledgerReader().microBatches().stream()
                .filter(it -> it.number() <= cut.microBatch())
                .toList();
        narrator.tell("counting %,d records again, with a delay of %s and of %s"
                .formatted(records(cut), Durations.told(pipeline.watermark().delay()), Durations.told(delay)));
        var trial = new DelayTrial.Question(
                cut,
                microBatches.stream().map(TrialJob::asCommitted).toList(),
                delay,
                row -> Optional.ofNullable(shapes.get(row.view()))
                        .filter(shape -> question.fits(shape, row.window(), row.key()))
                        .isPresent());
        var outcome = DelayTrial.of(spark, compiled, store.log(), trial);
        var ledger = microBatches.stream().map(MicroBatch::fates).reduce(Fates.NONE, Fates::plus);
        return new Trial(
                pipeline.name(),
                pipeline.watermark().delay(),
                delay,
                counts(outcome.asItWas()),
                counts(outcome.tried()),
                later(outcome.later()),
                outcome.asItWas().fates().equals(ledger),
                outcome.rows(),
                "rows of " + String.join(", ", shapes.keySet().stream().sorted().toList()),
                changed(outcome, shapes));
    }

    private static long records(EndOffsets cut) {
        return cut.positions().values().stream().mapToLong(Long::longValue).sum();
    }

    private static DelayTrial.MicroBatch asCommitted(MicroBatch it) {
        return new DelayTrial.MicroBatch(
                it.number(),
                it.fates().read(),
                it.watermarks().close(),
                it.readAt().toEpochMilli());
    }

    private static Trial.Counts counts(DelayTrial.Side side) {
        var fates = side.fates();
        return new Trial.Counts(
                fates.late(), fates.latePartial(), fates.duplicate(), side.mostGroups(), side.mostKeys());
    }

    private static Trial.Later later(DelayTrial.Later later) {
        return new Trial.Later(later.windows(), later.median(), later.most(), later.waiting());
    }

    private Trial.Changed changed(DelayTrial.Outcome outcome, Map<String, Shape> shapes) {
        var compared = new ArrayList<Compared>();
        for (var row : outcome.differing()) {
            var shape = Optional.ofNullable(shapes.get(row.view())).orElseThrow();
            compared.add(
                    new Compared(shape, row, batch(shape, row), StoredNumbers.of(compiled.pipeline(), row.view())));
        }
        var largest = compared.stream()
                .sorted(Comparator.comparing(Compared::size)
                        .reversed()
                        .thenComparing(it -> it.row().window().start()))
                .limit(LISTED)
                .map(Compared::told)
                .toList();
        return new Trial.Changed(
                compared.size() + outcome.more(),
                compared.size(),
                compared.stream()
                        .filter(it -> it.equalsBatch(it.row().tried())
                                && !it.equalsBatch(it.row().asItWas()))
                        .count(),
                compared.stream()
                        .filter(it -> it.equalsBatch(it.row().asItWas())
                                && !it.equalsBatch(it.row().tried()))
                        .count(),
                largest);
    }

    private Optional<List<@Nullable Object>> batch(Shape shape, DelayTrial.Row row) {
        var asked = new ResultRow.Id(shape.name(), row.window(), row.key());
        return store.row(shape, Mode.BATCH, asked.rowKey())
                .filter(it -> it.window().equals(row.window()))
                .map(StoredRow::measures);
    }

    /** A row that changes, beside the batch's. */
    private record Compared(
            Shape shape, DelayTrial.Row row, Optional<List<@Nullable Object>> batch, StoredNumbers numbers) {
        boolean equalsBatch(Optional<List<@Nullable Object>> computed) {
            if (computed.isEmpty() || batch.isEmpty()) {
                return computed.isEmpty() && batch.isEmpty();
            }
            var values = numbers.of(computed.get());
            for (int index = 0; index < values.size(); index++) {
                if (!Numbers.same(values.get(index), batch.get().get(index))) {
                    return false;
                }
            }
            return true;
        }

        /** The largest change of a number. */
        BigDecimal size() {
            var largest = BigDecimal.ZERO;
            for (int index = 0; index < shape.measures().size(); index++) {
                largest = largest.max(number(row.tried(), index)
                        .subtract(number(row.asItWas(), index))
                        .abs());
            }
            return largest;
        }

        private static BigDecimal number(Optional<List<@Nullable Object>> values, int index) {
            return values.flatMap(it -> Numbers.of(it.get(index))).orElse(BigDecimal.ZERO);
        }

        Trial.Row told() {
            var key = new LinkedHashMap<String, String>();
            for (int index = 0; index < row.key().size(); index++) {
                key.put(shape.keys().get(index).name(), Numbers.told(row.key().get(index)));
            }
            var cells = new ArrayList<Trial.Cell>();
            for (int index = 0; index < shape.measures().size(); index++) {
                cells.add(new Trial.Cell(
                        shape.measures().get(index).name(),
                        text(row.asItWas(), index),
                        text(row.tried(), index),
                        text(batch, index)));
            }
            boolean all = row.window().equals(Span.ALL);
            return new Trial.Row(
                    row.view(),
                    all ? Optional.<Instant>empty() : Optional.of(row.window().start()),
                    all ? Optional.<Instant>empty() : Optional.of(row.window().end()),
                    key,
                    row.isFinal(),
                    cells);
        }

        private static Optional<String> text(Optional<List<@Nullable Object>> values, int index) {
            return values.map(it -> it.get(index) == null ? "null" : Numbers.told(it.get(index)));
        }
    }
}
