package dev.tandem.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.app.capsule.Capsule;
import dev.tandem.app.capsule.Masking;
import dev.tandem.engine.EngineException;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.LogSearch;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.RowFilter;
import dev.tandem.model.Mode;
import dev.tandem.model.View;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.Numbers;
import dev.tandem.parity.explain.Candidate;
import dev.tandem.store.LedgerReader.MicroBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers what makes a row differ: the records that decide it, and the micro-batches that read them with their watermarks. */
final class CapsuleJob {
    /** More than that is a copy of the log. */
    private static final int MOST_RECORDS = 200_000;

    private static final int LISTED = 10;

    private final SparkRuntime spark;
    private final Compiled compiled;
    private final PipelineStore store;
    private final Wiring wiring;

    CapsuleJob(SparkRuntime spark, Compiled compiled, PipelineStore store, Wiring wiring) {
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
        this.wiring = wiring;
    }

    /**
     * The capsule of the row that {@code question} means, its texts as they are and with pseudonyms.
     *
     * @param masked its key and its expected numbers are still those of the texts
     */
    record CapsulePair(Capsule plain, Capsule masked) {}

    CapsulePair run(RowQuestion question, Capsule.Definition definition, List<String> mask) {
        var pipeline = compiled.pipeline();
        var masking = new Masking(pipeline, mask);
        var shapes = question.shapes(pipeline, store.stored());
        var runs = ComparedRuns.latest(store.runs(), pipeline.name(), "make a capsule of");
        store.definition().requireSame(runs, "make a capsule of");
        var committed = store.ledgerReader().microBatches();
        var last = store.ledgerReader()
                .lastCut()
                .orElseThrow(() -> ComparedRuns.missing(pipeline.name(), "make a capsule of", "stream"));
        var at = committed.stream()
                .filter(it -> it.number() == last.microBatch())
                .map(MicroBatch::watermarks)
                .findFirst()
                .orElse(Watermarks.NONE);
        var row = chosen(question, shapes, at);
        var exact = exact(row, shapes, at);
        var expected = expected(exact);
        var found = records(rows(row), last);
        var records = new LedgerPositions(committed)
                .read(store.log(), found).values().stream()
                        .sorted(Comparator.comparingLong(Landed::microBatch)
                                .thenComparing(it -> it.at().partition())
                                .thenComparing(it -> it.at().position()))
                        .toList();
        wiring.narrator().tell("%,d records decide the row".formatted(records.size()));
        var withDimensions = new Capsule.Definition(
                definition.text(), definition.profile(), new DimensionFiles(wiring.workspace(), pipeline).keptFiles());
        var reads = reads(committed, records, List.of(runs.cut().microBatch(), last.microBatch()));
        var plain = new Capsule(about(exact, runs.cut(), List.of()), withDimensions, reads, records, expected);
        var pseudonymous = masking.masked(records);
        var key = mask.isEmpty() ? exact.key() : maskedKey(row, records, pseudonymous);
        var masked = new RowQuestion(exact.view(), key, exact.window(), exact.row(), exact.records());
        return new CapsulePair(
                plain, new Capsule(about(masked, runs.cut(), mask), withDimensions, reads, pseudonymous, expected));
    }

    private Capsule.About about(RowQuestion question, EndOffsets cut, List<String> mask) {
        var asked = new Capsule.Question(
                question.view().orElseThrow(),
                question.key(),
                question.window(),
                question.row().orElse(1));
        return new Capsule.About(compiled.pipeline().name(), asked, cut, mask);
    }

    private Candidate chosen(RowQuestion question, List<Shape> shapes, Watermarks at) {
        int number = question.row().orElse(1);
        var worst = new RowSearch(store, question, at::closes).worst(shapes, Math.max(LISTED, number));
        if (number < 1 || number > worst.worst().size()) {
            throw new EngineException("Cannot make a capsule of row %d: %d rows fit; choose one of 1 to %d"
                    .formatted(number, worst.rows(), worst.worst().size()));
        }
        return worst.worst().get(number - 1);
    }

    /** The question that only means {@code row}, by its whole key. */
    private RowQuestion exact(Candidate row, List<Shape> shapes, Watermarks at) {
        var key = told(row.shape(), row.key());
        var window = row.window().equals(Span.ALL)
                ? Optional.<Instant>empty()
                : Optional.of(row.window().start());
        var question = new RowQuestion(Optional.of(row.shape().name()), key, window, Optional.of(1), 5);
        var fitting = new RowSearch(store, question, at::closes)
                .worst(shapes.stream().filter(row.shape()::equals).toList(), LISTED)
                .worst();
        int number = 1;
        while (number < fitting.size() && !fitting.get(number - 1).window().equals(row.window())) {
            number++;
        }
        return new RowQuestion(question.view(), key, window, Optional.of(number), question.records());
    }

    private static Map<String, String> told(Shape shape, List<@Nullable Object> key) {
        var told = new LinkedHashMap<String, String>();
        for (int index = 0; index < shape.keys().size(); index++) {
            told.put(shape.keys().get(index).name(), Numbers.told(key.get(index)));
        }
        return told;
    }

    private JsonNode expected(RowQuestion question) {
        return Capsules.numbers(new ExplainJob(spark, compiled, store, wiring).run(question));
    }

    /** The row itself; for a rank all that compete for the ranks of its window, since each moves the others. */
    private Set<RowKey> rows(Candidate row) {
        var top = compiled.pipeline().view(row.shape().name()).flatMap(View::asTop);
        if (top.isEmpty()) {
            return Set.of(new RowKey(compiled.plan().grouped().indexOf(row.shape()), row.window(), row.key()));
        }
        var from = compiled.plan().grouped().stream()
                .filter(it -> it.name().equals(top.get().from()))
                .findFirst()
                .orElseThrow();
        int view = compiled.plan().grouped().indexOf(from);
        var rows = new LinkedHashSet<RowKey>();
        for (var mode : Mode.values()) {
            try (var ranked = store.rows(row.shape(), mode)) {
                ranked.forEachRemaining(it -> {
                    if (it.window().equals(row.window())) {
                        var key = new ArrayList<>(
                                it.measures().subList(0, from.keys().size()));
                        rows.add(new RowKey(view, row.window(), key));
                    }
                });
            }
        }
        return rows;
    }

    private Set<Coordinates> records(Set<RowKey> rows, EndOffsets last) {
        var filter = RowFilter.of(compiled.plan(), rows);
        var found = new LinkedHashSet<Coordinates>();
        LogSearch.Sink sink = (record, microBatch, as) -> {
            found.add(record.at());
            if (found.size() > MOST_RECORDS) {
                throw new EngineException(
                        "Cannot make a capsule of the row: more than %,d records decide it; choose a row of a shorter window"
                                .formatted(MOST_RECORDS));
            }
        };
        var log = new LogSearch(spark, compiled, store.log());
        if (compiled.plan().horizonMicros() > 0) {
            log.read(last, filter, sink);
        } else {
            log.read(last, filter.packed()::takes, sink);
        }
        return found;
    }

    /** Those that read one of the records, each with the one before it, whose closing watermark refuses; and the ends of both modes. */
    private static List<Capsule.Read> reads(List<MicroBatch> committed, List<Landed> records, List<Long> ends) {
        var numbers = new TreeSet<Long>(ends);
        records.forEach(it -> {
            numbers.add(it.microBatch());
            numbers.add(it.microBatch() - 1);
        });
        var byNumber = new TreeMap<Long, MicroBatch>(
                committed.stream().collect(Collectors.toMap(MicroBatch::number, Function.identity())));
        var reads = new ArrayList<Capsule.Read>();
        for (long number : numbers) {
            var it = byNumber.get(number);
            if (it != null) {
                var before = numbers.contains(number - 1)
                        ? Optional.<Watermarks>empty()
                        : Optional.ofNullable(byNumber.get(number - 1)).map(MicroBatch::watermarks);
                reads.add(new Capsule.Read(
                        number, it.watermarks(), it.ranges(), it.readAt().toEpochMilli(), before));
            }
        }
        return reads;
    }

    /** The row's key among the pseudonyms: a record that gives to the row gives to the same one with its texts replaced. */
    private Map<String, String> maskedKey(Candidate row, List<Landed> records, List<Landed> masked) {
        var top = compiled.pipeline().view(row.shape().name()).flatMap(View::asTop);
        if (top.isPresent() || row.key().isEmpty()) {
            return told(row.shape(), row.key());
        }
        int view = compiled.plan().grouped().indexOf(row.shape());
        var log = new LogSearch(spark, compiled, store.log());
        for (int index = 0; index < records.size(); index++) {
            var plain = contributions(log.prepared(records.get(index)), view);
            var hidden = contributions(log.prepared(masked.get(index)), view);
            for (int place = 0; place < plain.size() && plain.size() == hidden.size(); place++) {
                if (plain.get(place).key().equals(row.key())) {
                    return told(row.shape(), hidden.get(place).key());
                }
            }
        }
        throw new EngineException(
                "Cannot mask the records of '%s': with pseudonyms none of them gives to the row; a step or a view reads what the texts say. Mask fewer fields"
                        .formatted(compiled.pipeline().name()));
    }

    private static List<Prepared.Contribution> contributions(Prepared record, int view) {
        return record.contributions().stream().filter(it -> it.view() == view).toList();
    }
}
