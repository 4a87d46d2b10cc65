package dev.tandem.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stage.PartReport.Outcome;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which task may change a partition of state. */
class HeldStatesTest {
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;

    private String pipeline = "";

    @BeforeAll
    static void start() {
        spark = SparkRuntime.open("local[1]", scratch);
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @BeforeEach
    void nameAnother() {
        pipeline = "p" + NAMES.incrementAndGet();
    }

    /** Counts the changes that were made to it. */
    private static final class Tally implements HeldState {
        private int changes;

        int change() {
            return ++changes;
        }

        @Override
        public long rows() {
            return 0;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void write(StateSink sink) {}

        @Override
        public void read(StateSource source) {}
    }

    private HeldStates.Answer<Integer> change(long generation, long number) {
        return HeldStates.here()
                .<Tally, Integer>change(
                        new Turn(pipeline, generation, number), StateKind.KEYS, 0, Tally::new, Tally::change);
    }

    private HeldStates.Answer<Integer> look(long generation, long number) {
        return HeldStates.here()
                .<Tally, Integer>look(new Turn(pipeline, generation, number), StateKind.KEYS, 0, it -> it.changes);
    }

    @Test
    void oneChangeFollowsTheOther() {
        assertThat(change(1, 1).result()).isEqualTo(1);
        assertThat(change(1, 2).result()).isEqualTo(2);
        assertThat(look(1, 2).result()).isEqualTo(2);
    }

    @Test
    void aTaskThatRunsAgainFindsTheStateLost() {
        change(1, 1);
        change(1, 2);
        assertThat(change(1, 2).outcome()).isEqualTo(Outcome.LOST);
        assertThat(change(1, 1).outcome()).isEqualTo(Outcome.LOST);
        assertThat(change(1, 3).result()).as("the state is as it was").isEqualTo(3);
    }

    @Test
    void aTaskWhereNoStateIsFindsItLost() {
        assertThat(change(1, 2).outcome()).isEqualTo(Outcome.LOST);
        assertThat(look(1, 1).outcome()).isEqualTo(Outcome.LOST);
    }

    @Test
    void aLaterGenerationBeginsAnewAndShutsTheEarlierOneOut() {
        change(1, 1);
        change(1, 2);
        assertThat(change(2, 1).result()).isEqualTo(1);
        assertThat(change(1, 3).outcome()).isEqualTo(Outcome.LOST);
        assertThat(change(1, 1).outcome()).isEqualTo(Outcome.LOST);
        assertThat(change(2, 2).result()).isEqualTo(2);
    }

    @Test
    void aChangeThatFailedIsToldOnceAndLeavesNoStateToGoOnWith() {
        change(1, 1);
        var failed = HeldStates.here()
                .<Tally, Integer>change(new Turn(pipeline, 1, 2), StateKind.KEYS, 0, Tally::new, it -> {
                    throw new IllegalStateException("no room");
                });
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.message()).contains("no room");
        assertThat(change(1, 2).outcome()).isEqualTo(Outcome.LOST);
        assertThat(change(1, 3).outcome()).isEqualTo(Outcome.LOST);
    }
}
