package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Plans.Tolerance;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlansTest {
    @Nested
    class ATolerance {
        @ParameterizedTest
        @CsvSource({
            "EXACT, 0, 10.0, 10.00, true",
            "EXACT, 0, 10.01, 10, false",
            "ABSOLUTE, 0.5, 10.5, 10, true",
            "ABSOLUTE, 0.5, 9.4, 10, false",
            "RELATIVE, 0.01, 101, 100, true",
            "RELATIVE, 0.01, 98.9, 100, false",
            "RELATIVE, 0.01, 0.01, 0, true",
            "PERCENT, 1, -101, -100, true",
            "PERCENT, 1, -101.1, -100, false"
        })
        void allowsWhatItSays(
                Tolerance.Kind kind, BigDecimal amount, BigDecimal stream, BigDecimal batch, boolean allowed) {
            assertThat(new Tolerance(kind, amount).allows(stream, batch)).isEqualTo(allowed);
        }

        @Test
        void isTheCommonOneWhereAMeasureHasNone() {
            var loose = new Tolerance(Tolerance.Kind.PERCENT, BigDecimal.ONE);
            var parity = new Plans.Parity(Map.of("avg_likes", loose), Tolerance.EXACT, "out");
            assertThat(parity.of("tweets")).isEqualTo(Tolerance.EXACT);
        }
    }
}
