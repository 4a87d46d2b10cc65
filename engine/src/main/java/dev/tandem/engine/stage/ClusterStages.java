package dev.tandem.engine.stage;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.Settings;
import dev.tandem.engine.Stopwatch;
import dev.tandem.engine.source.RecordRange;
import dev.tandem.fold.Landed;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.stream.GroupPart.Stopped;
import dev.tandem.fold.stream.GroupPart.WrittenRow;
import dev.tandem.fold.stream.StreamProgress;
import dev.tandem.segments.StateFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import scala.reflect.ClassTag$;

/**
 * The stages as one Spark job, with their state on the executors: records by dedup key, and then groups by key, travel through
 * shuffles. A partition of state stays on its executor; Spark's scheduler gets that location as a preference.
 *
 * <p>If an executor is lost, or a task has to run again after it has changed its state, all state is restored from the last state
 * files and the landed log.
 */
public final class ClusterStages implements Stages {
    private static final String POOL = "spark.scheduler.pool";
    private static final long PATIENCE_MILLIS = 5_000;

    private final StageSetup setup;
    private final PreparedRecords prepared;
    private final SparkSession session;
    private final SparkContext context;
    private final Broadcast<StageSetup> shared;
    private final Map<StateKind, Map<Integer, StateShare>> shares = new HashMap<>();
    private StreamProgress progress;
    private Turns turns;
    private Places places;
    private int executors;

    public ClusterStages(StageSetup setup, PreparedRecords prepared, SparkSession session) {
        this.setup = setup;
        this.prepared = prepared;
        this.session = session;
        this.context = session.sparkContext();
        this.shared = context.broadcast(setup, ClassTag$.MODULE$.apply(StageSetup.class));
        this.progress = new StreamProgress(setup.plan());
        this.turns = Turns.none(setup.pipeline(), System.currentTimeMillis());
        this.places = spread();
    }

    /** Where an executor was lost, its master may start another one: the state had better wait for it than crowd together. */
    private Places spread() {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        var alive = Places.executors(context);
        while (alive.size() < executors && System.nanoTime() < until) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineException("Stopped while waiting for an executor in the place of a lost one", e);
            }
            alive = Places.executors(context);
        }
        executors = alive.size();
        return Places.over(alive, setup.parts());
    }

    @Override
    public void reset() {
        progress = new StreamProgress(setup.plan());
        turns = Turns.none(setup.pipeline(), Math.max(turns.keys().generation() + 1, System.currentTimeMillis()));
        shares.clear();
        places = spread();
    }

    @Override
    public int parts() {
        return setup.parts();
    }

    @Override
    public StreamProgress progress() {
        return progress;
    }

    @Override
    public Taken take(List<RecordRange> ranges, Optional<SegmentLanding> landing) {
        var watch = new Stopwatch();
        var watermarks = progress.watermarks();
        var decide = new KeyWork.Decide(progress.number(), watermarks, landing.orElse(null));
        var counted = run(prepared.microBatch(ranges, landing), decide, new GroupWork.Count(watermarks));
        var files = new ArrayList<NamedFile>();
        var heads = new ArrayList<ReadBlocks>();
        for (var report : counted.keys()) {
            files.addAll(report.files());
            report.heads().forEach(head -> heads.add(ReadBlocks.of(head)));
        }
        heads.sort(Comparator.comparing((ReadBlocks it) -> it.ranges().get(0).partition())
                .thenComparing(it -> it.ranges().get(0).first()));
        heads.forEach(it -> files.addAll(it.files()));
        var reports = counted.reports();
        var changes = progress.end(reports.ofKeys(), reports.ofGroups());
        var arrivals = heads.stream().flatMap(it -> it.arrivals().stream()).toList();
        return new Taken(changes, files, arrivals, 0, watch.lap());
    }

    /** What the partitions of either kind report, in their order. */
    private record Answers(List<PartReport> keys, List<PartReport> groups) {
        Reports reports() {
            return new Reports(
                    keys.stream().map(PartReport::report).toList(),
                    groups.stream().map(PartReport::report).toList());
        }
    }

    private Answers run(RDD<byte[]> read, KeyWork onKeys, GroupWork onGroups) {
        turns = turns.next();
        var toKeys = new PlacedShuffle<>(new Pieces(read), places, StateKind.KEYS);
        var toGroups =
                new PlacedShuffle<>(new KeyStage(toKeys, shared, turns.keys(), onKeys), places, StateKind.GROUPS);
        var keys = new ArrayList<PartReport>();
        var groups = new ArrayList<PartReport>();
        for (var counted : collect(new GroupStage(toGroups, shared, turns.groups(), onGroups))) {
            keys.addAll(counted.ofKeys());
            groups.add(counted.own());
        }
        toKeys.forget(context);
        toGroups.forget(context);
        return new Answers(require(keys), require(groups));
    }

    private <T> List<T> collect(RDD<T> tasks) {
        return Settings.of(session, () -> {
            var before = context.getLocalProperty(POOL);
            // Beside a batch that has tasks waiting, a micro-batch gets the next free core.
            context.setLocalProperty(POOL, "stream");
            try {
                return tasks.toJavaRDD().collect();
            } finally {
                context.setLocalProperty(POOL, before);
            }
        });
    }

    /** The reports in the order of the partitions, each of which has done its work. */
    private List<PartReport> require(List<PartReport> reports) {
        reports.stream().filter(it -> it.outcome().isFinal()).findFirst().ifPresent(it -> {
            throw new EngineException(it.message());
        });
        for (var report : reports) {
            if (report.outcome() == PartReport.Outcome.LOST) {
                throw new StateLostException(report.message());
            }
            shares.computeIfAbsent(report.kind(), kind -> new HashMap<>()).put(report.part(), report.share());
        }
        return reports.stream()
                .sorted(Comparator.comparingInt(PartReport::part))
                .toList();
    }

    @Override
    public void save(StateFolder folder, long number) {
        require(collect(new FileStage(
                context, shared, turns, places, new FileStage.Files(folder, number, FileStage.Work.SAVE))));
    }

    @Override
    public void restore(StateFolder folder, long number) throws IOException {
        turns = turns.next();
        var reports = collect(new FileStage(
                context, shared, turns, places, new FileStage.Files(folder, number, FileStage.Work.RESTORE)));
        for (var report : reports) {
            if (report.outcome() == PartReport.Outcome.TORN) {
                throw new IOException(report.message());
            }
        }
        require(reports);
    }

    @Override
    public Replaying replay(Stopped stopped) {
        var its = context.broadcast(stopped, ClassTag$.MODULE$.apply(Stopped.class));
        return new Replaying() {
            @Override
            public void take(List<Landed> records) {
                turns = turns.nextOfKeys();
                var toKeys = new PlacedShuffle<>(new Pieces(prepared.landed(records)), places, StateKind.KEYS);
                var reports = new ArrayList<PartReport>();
                for (var sent : collect(new KeyStage(toKeys, shared, turns.keys(), new KeyWork.Replay(its)))) {
                    Optional.ofNullable(sent._2().report()).ifPresent(reports::add);
                }
                toKeys.forget(context);
                require(reports);
            }

            @Override
            public Reports done(List<WrittenRow> written) {
                Broadcast<List<WrittenRow>> rows = context.broadcast(written, ClassTag$.MODULE$.apply(List.class));
                var nothing = context.<byte[]>emptyRDD(ClassTag$.MODULE$.apply(byte[].class));
                var answers = run(nothing, new KeyWork.EndReplay(its), new GroupWork.Rebuild(its, rows));
                rows.destroy();
                its.destroy();
                return answers.reports();
            }
        };
    }

    @Override
    public List<StateShare> shares() {
        return shares.values().stream()
                .flatMap(it -> it.values().stream())
                .sorted(Comparator.comparing(StateShare::kind).thenComparing(StateShare::part))
                .toList();
    }

    /** Each task asks that on its executor. */
    @Override
    public void requireRoom() {}

    @Override
    public long cpuNanos() {
        return 0;
    }

    /** The executors forget the state when a later run of the pipeline begins, or when they end. */
    @Override
    public void close() {
        if (!context.isStopped()) {
            shared.destroy();
        }
    }
}
