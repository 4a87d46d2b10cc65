package dev.tandem.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.fold.Identity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferingRowsTest {
    private static Report.Difference difference(String key, String measure, long stream, long batch) {
        var amount = BigDecimal.valueOf(batch - stream);
        return new Report.Difference(
                "stats",
                Optional.empty(),
                Optional.empty(),
                Map.of("tag", key),
                measure,
                Optional.of(Long.toString(stream)),
                Optional.of(Long.toString(batch)),
                Optional.of(amount),
                Optional.of(amount.movePointRight(2).divide(BigDecimal.valueOf(batch), MathContext.DECIMAL32)),
                Map.of("late", Math.abs(stream - batch)),
                List.of("0-" + stream),
                Identity.of(List.of(key)));
    }

    @Test
    void theMeasuresOfARowAreOneRow() {
        var differences = Differences.of(List.of(
                difference("java", "n", 3, 4), difference("rust", "n", 7, 9), difference("java", "likes", 10, 16)));

        var worst = DifferingRows.worst(differences, 10);

        assertThat(worst.total()).isEqualTo(2);
        assertThat(worst.rows())
                .extracting(it -> it.key().get("tag"), it -> it.cells().size())
                .containsExactly(tuple("java", 2), tuple("rust", 1));
        assertThat(worst.rows().get(0).causes()).isEqualTo(Map.of("late", 6L));
        assertThat(worst.rows().get(0).records()).containsExactly("0-10", "0-3");
    }

    /** 179 rows: rare ones off by half, and one large one off by 1 of 1,532, which is the largest amount together with them. */
    @Test
    void aLargeNumberThatIsOffByLittleIsAmongThem() {
        var all = new ArrayList<Report.Difference>();
        for (int index = 0; index < 178; index++) {
            all.add(difference("rare" + index, "n", 1, 2));
        }
        all.add(difference("frequent", "n", 1_530, 1_532));

        var worst = DifferingRows.worst(Differences.of(all), 100);

        assertThat(worst.total()).isEqualTo(179);
        assertThat(worst.byPercent()).isEqualTo(50);
        assertThat(worst.rows()).hasSize(100).doesNotHaveDuplicates();
        assertThat(worst.rows().get(50).key()).isEqualTo(Map.of("tag", "frequent"));
    }
}
