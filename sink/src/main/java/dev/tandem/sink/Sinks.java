package dev.tandem.sink;

import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Every kind of sink that is built in. To add one: write its class, then its line here. Others come from extensions. */
public final class Sinks {
    /**
     * What a sink may need.
     *
     * @param root the folder that relative paths of a definition lie in
     * @param run names the run in file names, so that two runs never take each other's files for their own
     * @param kafka the cluster that topics are in; empty where there is none
     */
    public record Setting(
            String pipeline,
            Mode mode,
            Path root,
            String run,
            Optional<KafkaAddress> kafka,
            Clock clock,
            PrintStream console) {
        /** With a cluster without TLS and login, by its {@code host:port}; empty text where there is none. */
        public Setting(
                String pipeline, Mode mode, Path root, String run, String bootstrap, Clock clock, PrintStream console) {
            this(
                    pipeline,
                    mode,
                    root,
                    run,
                    Optional.of(bootstrap).filter(it -> !it.isEmpty()).map(KafkaAddress::plain),
                    clock,
                    console);
        }

        /** The folder that a definition means by {@code path}. */
        Path folder(String path) {
            return root.resolve(Output.inMode(path, mode)).toAbsolutePath().normalize();
        }
    }

    private Sinks() {}

    /** Opens the sink of {@code output}, which is no table: tables belong to the ledger's database. */
    public static Sink open(Output output, Content content, Setting setting) {
        return output.fold(
                table -> {
                    throw new SinkException(
                            "Cannot open a sink for %s: tables belong to the ledger's database".formatted(table));
                },
                topic -> TopicSink.open(topic, content, setting),
                lake -> LakeSink.open(lake, content, setting),
                csv -> CsvSink.open(csv, content, setting),
                snapshots -> SnapshotSink.open(snapshots, content, setting),
                latest -> LatestSink.open(latest, content, setting),
                custom -> CustomSink.open(custom, content, setting),
                console -> new ConsoleSink(content, setting));
    }
}
