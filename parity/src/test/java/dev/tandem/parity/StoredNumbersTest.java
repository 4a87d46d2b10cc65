package dev.tandem.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.ResultRow;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Window.Span;
import dev.tandem.model.reading.DefinitionReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredNumbersTest {
    private static final ResultRow ROW = new ResultRow(
            "ratios",
            Span.ALL,
            List.of(Double.NaN),
            List.of(1.5, Double.NEGATIVE_INFINITY),
            ResultRow.Status.CLOSED,
            1,
            2);

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb"})
    void areNullWhereTheDatabaseHasNone(String database) {
        var held = StoredNumbers.of(pipeline(database), "ratios").of(ROW);
        assertThat(held.key()).containsExactly((Object) null);
        assertThat(held.measures()).isEqualTo(Arrays.asList(1.5, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "sqlite"})
    void areThemselvesElsewhere(String database) {
        assertThat(StoredNumbers.of(pipeline(database), "ratios").of(ROW)).isEqualTo(ROW);
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN, true", "NaN, 0.0, false", "Infinity, -Infinity, false", "-Infinity, -Infinity, true"})
    void areTheSameAsThemselvesOnly(double left, double right, boolean same) {
        assertThat(Numbers.same(left, right)).isEqualTo(same);
    }

    @Test
    void haveNoDistanceThatAToleranceCouldAllow() {
        assertThat(Numbers.measurable(Double.NaN)).isFalse();
        assertThat(Numbers.measurable(Double.POSITIVE_INFINITY)).isFalse();
        assertThat(Numbers.measurable(1.5)).isTrue();
    }

    private static Pipeline pipeline(String database) {
        return DefinitionReader.parse("""
                pipeline: ratios
                time: { event: at }
                source: { kafka: raw, land: { table: raw, in: sqlite } }
                schema: ratio DOUBLE, at TIMESTAMP
                views:
                  ratios: { by: [ratio], measures: { n: count(*) } }
                outputs: [ { view: ratios, table: "${mode}_ratios", in: %s } ]
                """.formatted(database), "ratios.yaml");
    }
}
