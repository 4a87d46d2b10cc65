package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasureTest {
    @Nested
    class AMeasure {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "count    | STRING         | BIGINT",
                    "distinct | STRING         | BIGINT",
                    "sum      | INT            | BIGINT",
                    "sum      | BIGINT         | BIGINT",
                    "sum      | DOUBLE         | DOUBLE",
                    "sum      | DECIMAL(12,2)  | DECIMAL(38,2)",
                    "avg      | INT            | DECIMAL(38,6)",
                    "avg      | DOUBLE         | DOUBLE",
                    "avg      | DECIMAL(12,2)  | DECIMAL(38,6)",
                    "avg      | DECIMAL(18,8)  | DECIMAL(38,12)",
                    "avg      | DECIMAL(38,36) | DECIMAL(38,38)",
                    "min      | TIMESTAMP      | TIMESTAMP",
                    "max      | DECIMAL(12,2)  | DECIMAL(12,2)",
                    "median   | DECIMAL(12,2)  | DOUBLE",
                    "stddev   | BIGINT         | DOUBLE"
                })
        void hasATypeThatHoldsItsValues(String word, String argument, String expected) {
            var kind = Measure.Kind.named(word).orElseThrow();
            var result = kind.resultType(FieldType.named(argument).orElseThrow());
            assertThat(result.sql()).isEqualTo(expected);
        }

        @Test
        void isNamedInAnyCase() {
            assertThat(Measure.Kind.named("DISTINCT")).contains(Measure.Kind.DISTINCT);
        }

        @Test
        void isOneOfTheFew() {
            assertThat(Measure.Kind.named("mode")).isEmpty();
        }
    }
}
