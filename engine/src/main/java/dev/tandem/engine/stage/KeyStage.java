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

    /** All pieces are fetched before the state is touched: a fetch that fails makes Spark run the task again. */
    @Override
    public Iterator<Tuple2<Integer, Decided>> compute(Partition partition, TaskContext task) {
        var pieces = new ArrayList<Piece>();
        var fetched = sent.iterator(partition, task);
        while (fetched.hasNext()) {
            pieces.add(fetched.next()._2());
        }
        pieces.sort(AS_LANDED);
        return CollectionConverters.asScala(
                decided(new KeyWork.Given(setup.value(), partition.index(), task.taskAttemptId(), pieces))
                        .iterator());
    }

    private record Made(DecidedPart decided, long rows, long bytes) {
        static final Made NOTHING = new Made(DecidedPart.NOTHING, 0, 0);
    }

    private List<Tuple2<Integer, Decided>> decided(KeyWork.Given given) {
        var answer = HeldStates.here()
                .<HeldKeys, Made>change(
                        turn,
                        StateKind.KEYS,
                        given.part(),
                        () -> new HeldKeys(given.setup().plan()),
                        held -> new Made(work.of(held, given), held.rows(), held.bytes()));
        var made = Objects.requireNonNullElse(answer.result(), Made.NOTHING);
        var heads = given.pieces().stream()
                .map(Piece::head)
                .filter(it -> it.length > 0)
                .toList();
        var report = new PartReport(
                StateKind.KEYS,
                given.part(),
                answer.outcome(),
                answer.message(),
                HeldStates.place(),
                made.rows(),
                made.bytes(),
                made.decided().sent().report(),
                heads,
                made.decided().files());
        var messages = new ArrayList<Tuple2<Integer, Decided>>();
        var groups = made.decided().sent().groups();
        for (int to = 0; to < given.setup().parts(); to++) {
            byte[] block = groups.isEmpty() ? new byte[0] : groups.get(to);
            messages.add(new Tuple2<>(
                    to, new Decided(given.part(), answer.outcome(), block, to == given.part() ? report : null)));
        }
        return messages;
    }

    static boolean done(Decided message) {
        return message.outcome() == Outcome.DONE;
    }
}
