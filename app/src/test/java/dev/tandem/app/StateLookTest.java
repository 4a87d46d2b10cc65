package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.doctor.Finding;
import dev.tandem.app.run.StateNote;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where doctor says that a running stream's state is. */
class StateLookTest {
    @Test
    void eachExecutorIsNamedWithWhatItHolds() {
        var parts = List.of(
                new StateNote.Part("keys", 0, 1_000, 1 << 20, "10.0.0.5 executor 1"),
                new StateNote.Part("keys", 1, 3_000, 3 << 20, "10.0.0.6 executor 2"),
                new StateNote.Part("groups", 0, 500, 1 << 19, "10.0.0.5 executor 1"));
        assertThat(StateInspection.of("orders", parts))
                .extracting(Finding::told)
                .containsExactly(
                        "✔ state of orders        10.0.0.6 executor 2: 3,000 rows, 3.0 MB, 1 partition",
                        "✔ state of orders        10.0.0.5 executor 1: 1,500 rows, 1.5 MB, 2 partitions");
    }

    @Test
    void nothingIsSaidWhenNoStreamRuns() {
        assertThat(StateInspection.of("orders", List.of())).isEmpty();
    }
}
