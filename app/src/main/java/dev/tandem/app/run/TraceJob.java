package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.ConditionSearch;
import dev.tandem.engine.landed.LogSearch;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.files.Inventory;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.parity.explain.RecordTrace;
import java.util.List;
import java.util.stream.Collectors;

/** Finds a record in the landed log and follows it through both modes. */
final class TraceJob {
    private static final int SHOWN = 8;

    private final SparkRuntime spark;
    private final Compiled compiled;
    private final PipelineStore store;

    TraceJob(SparkRuntime spark, Compiled compiled, PipelineStore store) {
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
    }

    RecordTrace run(RecordQuestion question) {
        var last = store.ledgerReader().lastCut().orElseThrow(() -> ComparedRuns.missing(name(), "trace", "stream"));
        var landed = landed(question, last);
        return new RecordWay(compiled, store, new LogSearch(spark, compiled, store.log())).of(landed, last);
    }

    private String name() {
        return compiled.pipeline().name();
    }

    private Landed landed(RecordQuestion question, EndOffsets last) {
        if (question instanceof RecordQuestion.Where where) {
            return new ConditionSearch(spark, compiled, store.log())
                    .first(last, where.condition(), 1).stream()
                            .findFirst()
                            .orElseThrow(() -> new EngineException(
                                    "Cannot trace a record of '%s': none of the landed ones is so that %s; a record that is malformed has no fields, look for it with --at"
                                            .formatted(name(), where.condition())));
        }
        var at = question instanceof RecordQuestion.InFile file ? at(file) : ((RecordQuestion.At) question).at();
        var positions = new LedgerPositions(store.ledgerReader().microBatches());
        var found = positions.read(store.log(), List.of(at)).get(at);
        if (found == null) {
            throw new EngineException("Cannot trace record %d:%d of '%s': the stream has read %s"
                    .formatted(
                            at.partition(),
                            at.position(),
                            name(),
                            positions.told().entrySet().stream()
                                    .map(it -> "positions %s of partition %d".formatted(it.getValue(), it.getKey()))
                                    .collect(Collectors.joining(", "))));
        }
        return found;
    }

    private Coordinates at(RecordQuestion.InFile question) {
        if (compiled.pipeline().source().asFiles().isEmpty()) {
            throw new EngineException(
                    "Cannot trace a line of a file: the records of '%s' come from a topic; name one with --at partition:offset"
                            .formatted(name()));
        }
        var entries = store.inventory().entries();
        var entry = entries.stream()
                .filter(it -> it.name().equals(question.name()))
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        "Cannot trace a record of '%s': '%s' has taken in no such file; the last ones are %s"
                                .formatted(
                                        question.name(),
                                        name(),
                                        entries.stream()
                                                .skip(Math.max(0, entries.size() - SHOWN))
                                                .map(Inventory.Entry::name)
                                                .collect(Collectors.joining(", ")))));
        long record = question.line() - (compiled.pipeline().source().format().header() ? 2 : 1);
        if (record < 0 || record >= entry.records()) {
            throw new EngineException("Cannot trace line %d of '%s': the file has %d records%s"
                    .formatted(
                            question.line(),
                            entry.name(),
                            entry.records(),
                            record < 0 ? ", and line 1 is its header" : ""));
        }
        return new Coordinates(0, entry.firstPosition() + record);
    }
}
