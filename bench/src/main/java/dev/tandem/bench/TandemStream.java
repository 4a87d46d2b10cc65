package dev.tandem.bench;

import dev.tandem.engine.Compiled;
import dev.tandem.engine.RowOutput;
import dev.tandem.engine.SparkRuntime;
import dev.tandem.engine.StreamHistory;
import dev.tandem.engine.StreamRun;
import dev.tandem.engine.TopicOutput;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.Ddl;
import dev.tandem.store.JdbcStreamLedger;
import dev.tandem.store.Layout;
import java.time.Clock;
import java.util.List;

/** A definition running as the product runs it, with all of its outputs, on empty tables. */
final class TandemStream {
    /** Nothing was before: every run begins with an empty database. */
    private static final StreamHistory NO_HISTORY = new StreamHistory() {
        @Override
        public ClosingIterator<Landed> keptSince(long fromEventMicros) {
            throw new IllegalStateException("A run on empty tables has nothing to read back");
        }

        @Override
        public List<OpenRow> openRows(Shape shape) {
            return List.of();
        }
    };

    private TandemStream() {}

    static StreamRun start(SparkRuntime spark, Setting setting, String run) {
        var compiled = Compiled.of(setting.pipeline(), spark);
        var address = new DatabaseAddress.MySql(setting.database());
        var layout = Layout.of(compiled.pipeline(), compiled.shapes());
        Ddl.create(address, layout);
        var clock = Clock.systemUTC();
        var writer = new JdbcStreamLedger.Writer(run, "bench");
        return StreamRun.start(
                spark,
                new StreamRun.Setup(
                        compiled,
                        setting.bootstrap(),
                        setting.folder().resolve("checkpoint"),
                        setting.trigger(),
                        setting.maxRecords(),
                        new JdbcStreamLedger(address, layout, writer, clock),
                        NO_HISTORY,
                        outputs(compiled, setting.bootstrap()),
                        clock));
    }

    private static List<RowOutput> outputs(Compiled compiled, String bootstrap) {
        return compiled.pipeline().topics().stream()
                .filter(output ->
                        output.only().filter(mode -> mode != Mode.STREAM).isEmpty())
                .map(output -> (RowOutput) new TopicOutput(bootstrap, output.topic(), shape(compiled, output.view())))
                .toList();
    }

    private static Shape shape(Compiled compiled, String view) {
        return compiled.shapes().stream()
                .filter(it -> it.name().equals(view))
                .findFirst()
                .orElseThrow();
    }
}
