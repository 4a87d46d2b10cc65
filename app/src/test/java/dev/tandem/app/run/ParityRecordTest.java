package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Identity;
import dev.tandem.parity.Report;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParityRecordTest {
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final Identity ALICE_AT_TEN = new Identity(1, 2);

    private static Report.Difference session(int minutes, Optional<String> stream, Optional<String> batch) {
        return new Report.Difference(
                "sessions",
                Optional.of(TEN),
                Optional.of(TEN.plusSeconds(60L * minutes)),
                Map.of("user", "alice"),
                "events",
                stream,
                batch,
                Optional.of(BigDecimal.ONE),
                Optional.empty(),
                Map.of("session_bridge", 1L),
                List.of("0-17"),
                ALICE_AT_TEN);
    }

    /** The tables have one row for a session's key and start, whenever it ends. */
    @Test
    void aSessionThatEndsElsewhereInEachModeIsOneCellWithBothNumbers() {
        var found = ParityRecord.found(
                List.of(
                        session(20, Optional.of("3"), Optional.empty()),
                        session(50, Optional.empty(), Optional.of("8"))),
                "agree_with_causes");
        assertThat(found.differences()).singleElement().satisfies(it -> {
            assertThat(it.stream()).contains("3");
            assertThat(it.batch()).contains("8");
            assertThat(it.window().end()).isEqualTo(TEN.plusSeconds(3_000));
        });
        assertThat(found.causes())
                .singleElement()
                .satisfies(it -> assertThat(it.cause()).isEqualTo("session_bridge"));
    }
}
