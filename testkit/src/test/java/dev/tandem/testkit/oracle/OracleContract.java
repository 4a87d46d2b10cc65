package dev.tandem.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What each oracle promises about each of its views: that right rows pass and wrong ones do not, and that no record is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OracleContract<V extends Enum<V> & View> {
    private final Oracle<V> oracle;
    private final Class<V> views;
    private final long read;

    /** The promises for an oracle that read so many records. */
    OracleContract(Oracle<V> oracle, Class<V> views, long read) {
        this.oracle = oracle;
        this.views = views;
        this.read = read;
    }

    @AfterAll
    void close() {
        oracle.close();
    }

    @Test
    void tellsTheFateOfEachRecordOnce() {
        assertThat(oracle.fates().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(read);
    }

    @TestFactory
    Stream<DynamicTest> findsNothingInACorrectResult() {
        return Stream.of(views.getEnumConstants())
                .map(view -> DynamicTest.dynamicTest(
                        view.name(),
                        () -> assertThat(oracle.differences(view, Side.BATCH, oracle.expected(view, Side.BATCH)))
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> catchesEachMistake() {
        return Stream.of(views.getEnumConstants())
                .map(view -> DynamicTest.dynamicTest(view.name(), () -> caught(view)));
    }

    private void caught(V view) {
        var right = oracle.expected(view, Side.BATCH);
        assertThat(right.cells()).isNotEmpty();
        for (long seed = 1; seed <= 3; seed++) {
            for (var wrong : Mistakes.of(right, new SplittableRandom(seed)).entrySet()) {
                assertThat(oracle.differences(view, Side.BATCH, wrong.getValue()))
                        .as("%s in %s, seed %d", wrong.getKey(), view, seed)
                        .isNotEmpty();
            }
        }
    }
}
