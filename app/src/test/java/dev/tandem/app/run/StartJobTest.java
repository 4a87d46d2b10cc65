package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.engine.EngineException;
import java.time.Clock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Feed, stream and batches in one process. */
@ExtendWith(Bench.Giver.class)
class StartJobTest {
    private static Bench bench;

    @BeforeAll
    static void take(Bench given) {
        bench = given;
    }

    @Test
    void endsWithTheReasonWhenItsFeedBreaksOff() {
        var stage = bench.stage("_broken");
        var start =
                new StartJob(Hosting.local(stage.workspace()), stage.pipeline(), Clock.systemUTC(), new Bench.Silent());
        assertThatThrownBy(() -> start.run(
                        feeding -> {
                            throw new IllegalStateException("no more events");
                        },
                        (batch, next) -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Cannot go on with 'tweets_broken': its feed broke off: no more events.");
    }
}
