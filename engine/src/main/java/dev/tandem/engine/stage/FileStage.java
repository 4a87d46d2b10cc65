package dev.tandem.engine.stage;

import dev.tandem.segments.StateFolder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Tasks that write the partitions of state to files, or read them: those by dedup key, then those by group key. */
final class FileStage extends RDD<PartReport> {
    private static final long serialVersionUID = 1L;

    /** What is done with the files. */
    enum Work {
        SAVE,
        RESTORE
    }

    private final Broadcast<StageSetup> setup;
    private final Turns turns;
    private final Places places;
    private final StateFolder folder;
    private final long number;
    private final Work work;

    FileStage(SparkContext context, Broadcast<StageSetup> setup, Turns turns, Places places, Files files) {
        super(
                context,
                CollectionConverters.asScala(List.<Dependency<?>>of()).toSeq(),
                ClassTag$.MODULE$.apply(PartReport.class));
        this.setup = setup;
        this.turns = turns;
        this.places = places;
        this.folder = files.folder();
        this.number = files.number();
        this.work = files.work();
    }

    /** The files of the state after micro-batch {@code number}. */
    record Files(StateFolder folder, long number, Work work) {}

    private record Part(int index) implements Partition {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Partition[] getPartitions() {
        var partitions = new ArrayList<Partition>();
        for (int index = 0; index < 2 * places.parts(); index++) {
            partitions.add(new Part(index));
        }
        return partitions.toArray(Partition[]::new);
    }

    private StateKind kind(Partition partition) {
        return partition.index() < places.parts() ? StateKind.KEYS : StateKind.GROUPS;
    }

    @Override
    public Seq<String> getPreferredLocations(Partition partition) {
        return places.preferred(kind(partition), partition.index() % places.parts());
    }

    @Override
    public Iterator<PartReport> compute(Partition partition, TaskContext task) {
        var kind = kind(partition);
        int part = partition.index() % places.parts();
        var answer = switch (work) {
            case SAVE -> save(kind, part);
            case RESTORE -> restore(kind, part);
        };
        var report = answer.report(new byte[0], List.of(), List.of());
        return CollectionConverters.asScala(List.of(report).iterator());
    }

    private HeldStates.Answer<Long> save(StateKind kind, int part) {
        return HeldStates.here().<HeldState, Long>look(turns.of(kind), kind, part, held -> {
            StateFiles.save(folder, number, kind, part, held::write);
            return number;
        });
    }

    private HeldStates.Answer<Long> restore(StateKind kind, int part) {
        return HeldStates.here().<HeldState, Long>change(turns.of(kind), kind, part, () -> fresh(kind), held -> {
            StateFiles.restore(folder, number, kind, part, held::read);
            return number;
        });
    }

    private HeldState fresh(StateKind kind) {
        var plan = setup.value().plan();
        return switch (kind) {
            case KEYS -> new HeldKeys(plan);
            case GROUPS -> new HeldGroups(plan);
        };
    }
}
