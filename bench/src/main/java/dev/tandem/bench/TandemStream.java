package dev.tandem.bench;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.output.SinkOutputs;
import dev.tandem.engine.source.TopicHistory;
import dev.tandem.engine.source.TopicSource;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stream.StreamHistory;
import dev.tandem.engine.stream.StreamRun;
import dev.tandem.engine.stream.StreamSetup;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.Shape;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.segments.SegmentPlace;
import dev.tandem.sink.Sinks;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.Ddl;
import dev.tandem.store.JdbcStreamLedger;
import dev.tandem.store.Layout;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A definition running as the product runs it, with all of its outputs, on empty tables. */
final class TandemStream {
    /** Nothing was before: every run begins with an empty database. */
    private static final StreamHistory NO_HISTORY = new StreamHistory() {
        @Override
        public ClosingIterator<Landed> keptSince(long number, long fromEventMicros) {
            throw new IllegalStateException("A run on empty tables has nothing to read back");
        }

        @Override
        public List<WrittenRow> openRows(Shape shape) {
            return List.of();
        }
    };

    private TandemStream() {}

    static StreamRun start(SparkRuntime spark, Setting setting, String run) {
        var compiled = Compiled.of(setting.pipeline(), spark);
        var address = new DatabaseAddress.MySql(setting.database());
        var layout = Layout.of(
                compiled.pipeline(), compiled.shapes(), compiled.plan().fields());
        Ddl.create(address, layout);
        var clock = Clock.systemUTC();
        var topic = ((Source.Kafka) setting.pipeline().source()).fed();
        var sinks = new Sinks.Setting(
                setting.pipeline().name(), Mode.STREAM, setting.folder(), run, setting.bootstrap(), clock, System.out);
        var writer = new JdbcStreamLedger.Writer(run, "bench");
        return StreamRun.start(
                spark,
                new StreamSetup(
                        compiled,
                        new TopicSource(
                                new TopicSource.Topic(setting.bootstrap(), topic, Optional.empty(), Optional.empty()),
                                setting.maxRecords(),
                                TopicHistory.none(),
                                TopicStart.REFUSED),
                        segments(compiled.pipeline(), setting, run),
                        SegmentPlace.local(setting.folder().resolve("state")),
                        setting.folder().resolve("checkpoint"),
                        setting.trigger(),
                        new JdbcStreamLedger(address, layout, writer, clock),
                        NO_HISTORY,
                        List.of(SinkOutputs.of(compiled, sinks)),
                        (changes, state, took) -> {},
                        clock));
    }

    private static Optional<StreamSetup.Segments> segments(Pipeline pipeline, Setting setting, String run) {
        var place = SegmentPlace.local(setting.folder().resolve("segments"));
        return pipeline.source()
                .landing()
                .fold(
                        table -> Optional.empty(),
                        segments -> Optional.of(new StreamSetup.Segments(place, run.replace('-', '_'))));
    }
}
