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
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Tasks on the partitions by dedup key. */
final class KeyStage extends RDD<Tuple2<Integer, Decided>> {
    private static final long serialVersionUID = 1L;
    private static final Comparator<Piece> AS_LANDED =
            Comparator.comparingInt(Piece::partition).thenComparingLong(Piece::first);

    private final PlacedShuffle<Piece> sent;
    private final Broadcast<StageSetup> setup;
    private final Turn turn;
    private final KeyWork work;

    KeyStage(PlacedShuffle<Piece> sent, Broadcast<StageSetup> setup, Turn turn, KeyWork work) {
        super(sent, ClassTag$.MODULE$.apply(Tuple2.class));
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
    public Iterator<Tuple2<Integer, Decided>> compute(Partition partition, TaskContext task) {
        var pieces = sent.received(partition, task);
        pieces.sort(AS_LANDED);
        var input = new KeyWork.Input(setup.value(), partition.index(), task.taskAttemptId(), pieces);
        return CollectionConverters.asScala(messages(input).iterator());
    }

    private List<Tuple2<Integer, Decided>> messages(KeyWork.Input input) {
        var answer = HeldStates.here()
                .<HeldKeys, DecidedPart>change(
                        turn,
                        StateKind.KEYS,
                        input.part(),
                        () -> new HeldKeys(input.setup().plan()),
                        held -> work.of(held, input));
        var decided = Objects.requireNonNullElse(answer.result(), DecidedPart.NOTHING);
        var heads = input.pieces().stream()
                .map(Piece::head)
                .filter(it -> it.length > 0)
                .toList();
        var report = answer.report(decided.sent().report(), heads, decided.files());
        var groups = decided.sent().groups();
        var messages = new ArrayList<Tuple2<Integer, Decided>>();
        for (int to = 0; to < input.setup().parts(); to++) {
            byte[] block = groups.isEmpty() ? new byte[0] : groups.get(to);
            messages.add(new Tuple2<>(
                    to, new Decided(input.part(), answer.outcome(), block, to == input.part() ? report : null)));
        }
        return messages;
    }

    static boolean done(Decided message) {
        return message.outcome() == Outcome.DONE;
    }
}
