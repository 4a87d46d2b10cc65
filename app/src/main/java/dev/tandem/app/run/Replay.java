package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.feed.Feed;
import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.Pace;
import dev.tandem.model.Format;
import dev.tandem.model.Pipeline;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Plays what a pipeline's stream has landed once more, in a workspace of its own: the same records in the same or in another order, as
 * stream and as batch, with a comparison. What the pipeline has stored stays as it is.
 */
public final class Replay {
    private static final String FOLDER = "replay";

    /**
     * What to play.
     *
     * @param speed how many times as fast as event time went by; empty for all at once, in micro-batches that are the same each time
     * @param disorder how much later a record may come; empty for the order in which they came
     * @param seed of the disorder; empty for the definition's
     * @param out the report's folder; empty for one in the replay's workspace
     */
    public record Request(
            Pipeline pipeline,
            Optional<Double> speed,
            Optional<Duration> disorder,
            Optional<Long> seed,
            Optional<Path> out,
            List<String> command) {}

    private final Hosting origin;
    private final Workspace workspace;
    private final Clock clock;
    private final Narrator narrator;

    /** Of what lies in the hosting's workspace, or in the demo's inside it. */
    public Replay(Hosting hosting, Clock clock, Narrator narrator) {
        this.origin = hosting;
        this.workspace = hosting.workspace().inside(FOLDER);
        this.clock = clock;
        this.narrator = narrator;
    }

    public Demo.Result run(Request wish) throws InterruptedException {
        var name = wish.pipeline().name();
        var from = new Hosting(origin.workspace().latest(name), origin.environment());
        if (!from.workspace().noted(name)) {
            throw new EngineException(
                    "Cannot replay '%s': no stream of it has ended in %s; run one first (./tandem stream %s --drain)"
                            .formatted(name, from.workspace().home(), name));
        }
        refuseSharedPlaces(wish.pipeline());
        return workspace.whileClaimed(() -> {
            workspace.empty();
            new DimensionFiles(workspace, wish.pipeline()).takeOver(from.workspace());
            narrator.tell("starting Spark");
            try (var job = Job.open(
                    Hosting.local(workspace).on(origin.master()),
                    Writers.connected(origin, withHeader(wish.pipeline())),
                    Job.Servers.ANY,
                    DimensionFiles.Version.KEPT,
                    clock,
                    narrator)) {
                return run(wish, from, job);
            }
        });
    }

    /** The replay writes its own files under the names that stand there, whatever the source's files are like. */
    private static Pipeline withHeader(Pipeline pipeline) {
        var format = pipeline.source().format();
        boolean named = format.header()
                || format.kind() != Format.Kind.CSV
                || pipeline.source().asKafka().isPresent();
        return named ? pipeline : pipeline.reading(format.withHeader());
    }

    private Demo.Result run(Request wish, Hosting from, Job job) throws InterruptedException {
        var name = wish.pipeline().name();
        try (var services = Services.databases(from, wish.pipeline(), narrator)) {
            var store = job.storeOf(services);
            var ledger = store.ledgerReader();
            var cut = ledger.lastCut()
                    .orElseThrow(() -> new EngineException(
                            "Cannot replay '%s': its stream has committed nothing; feed it and run it first (./tandem stream %s --drain)"
                                    .formatted(name, name)));
            var landed = new LandedFeed(store.log(), cut, ledger.totals().read(), wish.pipeline());
            narrator.tell("playing %,d records of %s again"
                    .formatted(landed.count(), from.workspace().home()));
            stream(wish, landed, job);
        }
        return new Round(job, narrator)
                .proven(wish.command(), wish.out().orElseGet(() -> workspace.file("comparison/output")));
    }

    private void stream(Request wish, LandedFeed landed, Job job) throws InterruptedException {
        var feeding = job.feeding();
        feeding.ensure();
        Feed feed = feeding.disordered(landed, wish.disorder(), wish.seed());
        Pace pace = wish.speed().<Pace>map(Pace.AsArrived::new).orElseGet(Pace.Unpaced::new);
        Supplier<FeedSummary> sending =
                () -> feeding.send(feed, pace, workspace.truth(wish.pipeline().name()));
        var round = new Round(job, narrator);
        if (wish.speed().isPresent()) {
            round.live(sending, landed.count());
        } else {
            round.backlog(sending, "records");
        }
        requireAll(wish, landed.count(), job.input().end());
    }

    /** A file is cut into records anew: text that was one record at the end of its file could be another where it stands now. */
    private static void requireAll(Request wish, long records, Map<Integer, Long> end) {
        long there = end.values().stream().mapToLong(Long::longValue).sum();
        if (there != records) {
            throw new EngineException(
                    "Cannot replay '%s': its %,d records became %,d in the replay; take the malformed ones out of the source and stream it anew"
                            .formatted(wish.pipeline().name(), records, there));
        }
    }

    /** A path that does not begin in the workspace is the same place for the replay as for what it plays. */
    private static void refuseSharedPlaces(Pipeline pipeline) {
        places(pipeline)
                .filter(place -> Path.of(place).isAbsolute())
                .findFirst()
                .ifPresent(place -> {
                    throw new EngineException(
                            "Cannot replay '%s' beside what it has stored: both would use %s; write a path in the definition that begins in the state folder"
                                    .formatted(pipeline.name(), place));
                });
    }

    private static Stream<String> places(Pipeline pipeline) {
        var source = pipeline.source()
                .<Stream<String>>fold(
                        kafka -> Stream.empty(),
                        files -> Stream.concat(Stream.of(files.folder()), files.archive().stream()),
                        rows -> Stream.empty());
        var logs = Stream.concat(pipeline.stream().log().stream(), pipeline.batch().log().stream());
        var outputs = pipeline.outputs().stream().flatMap(output -> output.path().stream());
        return Stream.of(source, logs, outputs, pipeline.databases().stream()).flatMap(places -> places);
    }
}
