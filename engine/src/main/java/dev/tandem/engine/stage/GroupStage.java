package dev.tandem.engine.stage;

import dev.tandem.engine.stage.PartReport.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Tasks on the partitions by group key. Where a partition by dedup key failed, they change nothing. */
final class GroupStage extends RDD<Counted> {
    private static final long serialVersionUID = 1L;

    private final PlacedShuffle<Decided> sent;
    private final Broadcast<StageSetup> setup;
    private final Turn turn;
    private final GroupWork work;

    GroupStage(PlacedShuffle<Decided> sent, Broadcast<StageSetup> setup, Turn turn, GroupWork work) {
        super(sent, ClassTag$.MODULE$.apply(Counted.class));
        this.sent = sent;
        this.setup = setup;
        this.turn = turn;
        this.work = work;
    }

    @Override
    public Partition[] getPartitions() {
        return sent.partitions();
    }

    /** All blocks are fetched before the state is touched: a fetch that fails makes Spark run the task again. */
    @Override
    public Iterator<Counted> compute(Partition partition, TaskContext task) {
        var messages = new ArrayList<Decided>();
        var fetched = sent.iterator(partition, task);
        while (fetched.hasNext()) {
            messages.add(fetched.next()._2());
        }
        messages.sort(Comparator.comparingInt(Decided::from));
        var given =
                messages.stream().map(Decided::report).filter(Objects::nonNull).toList();
        var counted = new Counted(own(partition.index(), messages), given);
        return CollectionConverters.asScala(List.of(counted).iterator());
    }

    @SuppressWarnings("ArrayRecordComponent") // it is never compared
    private record Made(byte[] report, long rows, long bytes) {
        static final Made NOTHING = new Made(new byte[0], 0, 0);
    }

    private PartReport own(int part, List<Decided> messages) {
        boolean whole =
                messages.size() == setup.value().parts() && messages.stream().allMatch(KeyStage::done);
        var answer = whole
                ? count(part, messages.stream().map(Decided::block).toList())
                : new HeldStates.Answer<Made>(Outcome.LOST, "a partition by dedup key failed", Made.NOTHING);
        var made = Objects.requireNonNullElse(answer.result(), Made.NOTHING);
        return new PartReport(
                StateKind.GROUPS,
                part,
                answer.outcome(),
                answer.message(),
                HeldStates.place(),
                made.rows(),
                made.bytes(),
                made.report(),
                List.of(),
                List.of());
    }

    private HeldStates.Answer<Made> count(int part, List<byte[]> blocks) {
        return HeldStates.here()
                .change(
                        turn,
                        StateKind.GROUPS,
                        part,
                        () -> new HeldGroups(setup.value().plan()),
                        held -> new Made(work.of(held.part(), blocks), held.rows(), held.bytes()));
    }
}
