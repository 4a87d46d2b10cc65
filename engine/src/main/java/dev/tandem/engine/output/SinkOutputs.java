package dev.tandem.engine.output;

import dev.tandem.engine.batch.BatchRun;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.fold.Changes;
import dev.tandem.fold.ResultRow;
import dev.tandem.model.Output;
import dev.tandem.sink.Content;
import dev.tandem.sink.Sink;
import dev.tandem.sink.Sinks;
import dev.tandem.sink.TaskSink;
import dev.tandem.sink.Tuple;
import dev.tandem.sink.Tuples;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** One mode's outputs beside the ledger's database: files, topics, the console. To be closed by the caller. */
public final class SinkOutputs implements RowOutput {
    private record Open(Output output, Content content, Sink sink) {}

    private final List<Open> open;

    private SinkOutputs(List<Open> open) {
        this.open = open;
    }

    public static SinkOutputs of(Compiled compiled, Sinks.Setting setting) {
        return of(compiled, setting, compiled.pipeline().outputs());
    }

    /** Those of {@code outputs} alone. */
    public static SinkOutputs of(Compiled compiled, Sinks.Setting setting, List<Output> outputs) {
        return new SinkOutputs(outputs.stream()
                .filter(output -> output.asTable().isEmpty() && output.writes(setting.mode()))
                .map(output -> open(output, content(output.what(), compiled), setting))
                .toList());
    }

    private static Open open(Output output, Content content, Sinks.Setting setting) {
        return new Open(output, content, Sinks.open(output, content, setting));
    }

    private static Content content(Output.What what, Compiled compiled) {
        return what.fold(
                view -> Tuples.ofView(compiled.shapes().stream()
                        .filter(shape -> shape.name().equals(view.name()))
                        .findFirst()
                        .orElseThrow()),
                records -> records.kind() == Output.What.Kind.QUARANTINE
                        ? Tuples.ofQuarantine()
                        : Tuples.ofRecords(records.name(), compiled.plan().fields()));
    }

    @Override
    public void write(Changes changes) {
        for (var each : open) {
            each.sink().write(changes.number(), tuples(each, changes));
        }
    }

    private static Iterator<Tuple> tuples(Open each, Changes changes) {
        var what = each.output().what();
        return what.fold(view -> rows(each, changes), records -> tuples(records, changes));
    }

    private static Iterator<Tuple> rows(Open each, Changes changes) {
        var what = each.output().what();
        var gone = changes.gone().stream()
                .filter(row -> row.view().equals(what.name()))
                .map(row -> Tuples.gone(row, each.content()));
        return Stream.concat(gone, of(what, changes.rows().stream())).iterator();
    }

    private static Iterator<Tuple> tuples(Output.What.Records records, Changes changes) {
        return switch (records.kind()) {
            case EVENTS -> changes.events().stream().map(Tuples::ofRecord).iterator();
            case BRANCH ->
                changes.branches().getOrDefault(records.name(), List.of()).stream()
                        .map(Tuples::ofRecord)
                        .iterator();
            case QUARANTINE ->
                changes.quarantined().stream().map(Tuples::ofQuarantined).iterator();
        };
    }

    /** Writes what a batch run has made; {@code number} grows from run to run. */
    public void write(long number, BatchRun batch) {
        for (var each : open) {
            var what = each.output().what();
            var tasks = batch.tasks(what);
            if (tasks.isPresent() && each.sink() instanceof TaskSink sink) {
                sink.publish(number, tasks.get().write(sink.begin(number)));
            } else {
                each.sink().write(number, tuples(what, batch));
            }
        }
    }

    private static Iterator<Tuple> tuples(Output.What what, BatchRun batch) {
        return what.fold(view -> batch.rows(view.name()).map(Tuples::of).iterator(), records -> tuples(records, batch));
    }

    private static Iterator<Tuple> tuples(Output.What.Records records, BatchRun batch) {
        var its = batch.records(records.kind(), records.name());
        boolean quarantined = records.kind() == Output.What.Kind.QUARANTINE;
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return its.hasNext();
            }

            @Override
            public Tuple next() {
                return quarantined ? Tuples.ofQuarantined(its.next()) : Tuples.ofRecord(its.next());
            }
        };
    }

    private static Stream<Tuple> of(Output.What what, Stream<ResultRow> rows) {
        return rows.filter(row -> row.view().equals(what.name())).map(Tuples::of);
    }

    @Override
    public void close() {
        open.forEach(each -> each.sink().close());
    }
}
