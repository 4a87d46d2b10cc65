package dev.tandem.engine.stage;

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

    @Override
    public Iterator<Counted> compute(Partition partition, TaskContext task) {
        var messages = sent.received(partition, task);
        messages.sort(Comparator.comparingInt(Decided::from));
        var ofKeys =
                messages.stream().map(Decided::report).filter(Objects::nonNull).toList();
        var counted = new Counted(own(partition.index(), messages), ofKeys);
        return CollectionConverters.asScala(List.of(counted).iterator());
    }

    private PartReport own(int part, List<Decided> messages) {
        boolean whole =
                messages.size() == setup.value().parts() && messages.stream().allMatch(KeyStage::done);
        var answer = whole
                ? count(part, messages.stream().map(Decided::block).toList())
                : HeldStates.Answer.<byte[]>lost(StateKind.GROUPS, part, "a partition by dedup key failed");
        return answer.report(Objects.requireNonNullElse(answer.result(), new byte[0]), List.of(), List.of());
    }

    private HeldStates.Answer<byte[]> count(int part, List<byte[]> blocks) {
        return HeldStates.here()
                .change(
                        turn,
                        StateKind.GROUPS,
                        part,
                        () -> new HeldGroups(setup.value().plan()),
                        held -> work.of(held.part(), blocks));
    }
}
