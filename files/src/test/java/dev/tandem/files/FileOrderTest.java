package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileOrderTest {
    /** Written down in the order in which a person counts. */
    private static final List<String> COUNTED = List.of(
            "2026-1-2.csv",
            "2026-1-10.csv",
            "2026-2-1.csv",
            "part.csv",
            "part-1.csv.gz",
            "part-2.csv",
            "part-9.csv",
            "part-10.csv",
            "part-10a.csv",
            "part-123456789012345678901234567890.csv",
            "part-1234567890123456789012345678901.csv",
            "part-x.csv");

    @Test
    void naturalCountsNumbersOfAnyLength() {
        for (int seed = 0; seed < 20; seed++) {
            var names = new ArrayList<>(COUNTED);
            Collections.shuffle(names, new Random(seed));
            names.sort(FileOrder::natural);

            assertThat(names).containsExactlyInAnyOrderElementsOf(COUNTED);
            assertThat(names.subList(0, 3)).isEqualTo(COUNTED.subList(0, 3));
            assertThat(names).filteredOn(it -> it.matches("part-[0-9x].*")).isEqualTo(COUNTED.subList(4, 12));
        }
    }

    @Test
    void naturalTakesLeadingZerosForNoValue() {
        assertThat(FileOrder.natural("part-007.csv", "part-8.csv")).isNegative();
        assertThat(FileOrder.natural("part-010.csv", "part-9.csv")).isPositive();
        assertThat(FileOrder.natural("part-07.csv", "part-7.csv")).isZero();
    }
}
