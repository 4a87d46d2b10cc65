package dev.tandem.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LongerDelayTest {
    private static String hint(Map<Long, Long> missedBy) {
        return new LongerDelay(new TreeMap<>(missedBy)).hint("a longer watermark delay");
    }

    @Test
    void tellsWhatWouldHaveKeptHalfAndWhatAll() {
        assertThat(hint(Map.of(12L, 5L, 40L, 3L, 63L, 1L)))
                .isEqualTo("a longer watermark delay: 12 s more keeps 5 of 9 records, 1 min 3 s more all of them");
    }

    @Test
    void tellsOneFigureWhereOneIsEnough() {
        assertThat(hint(Map.of(7_200L, 1L))).isEqualTo("a longer watermark delay: 2 h more keeps it");
    }

    @Test
    void tellsNothingMoreWhereNothingWasMeasured() {
        assertThat(hint(Map.of())).isEqualTo("a longer watermark delay");
    }
}
