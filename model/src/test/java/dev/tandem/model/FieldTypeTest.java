package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTypeTest {
    @Nested
    class AType {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "STRING",
                    "INT",
                    "BIGINT",
                    "DOUBLE",
                    "DECIMAL(12,2)",
                    "DECIMAL(38,38)",
                    "BOOLEAN",
                    "TIMESTAMP",
                    "DATE",
                    "ARRAY<STRING>",
                    "ARRAY<ARRAY<DECIMAL(5,1)>>"
                })
        void isReadAsItIsWritten(String text) {
            assertThat(FieldType.named(text)).map(FieldType::sql).contains(text);
        }

        @Test
        void mayBeWrittenInAnyCaseAndSpacing() {
            assertThat(FieldType.named(" array< decimal ( 12 , 2 ) > "))
                    .map(FieldType::sql)
                    .contains("ARRAY<DECIMAL(12,2)>");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "TEXT",
                    "FLOAT",
                    "INTEGER",
                    "DECIMAL",
                    "DECIMAL(0,0)",
                    "DECIMAL(39,2)",
                    "DECIMAL(2,3)",
                    "DECIMAL(12,-2)",
                    "ARRAY<>",
                    "ARRAY<TEXT>",
                    "ARRAY<INT",
                    "MAP<STRING,INT>",
                    "INT NULL"
                })
        void isOneOfTheFew(String text) {
            assertThat(FieldType.named(text)).isEmpty();
        }
    }

    @Nested
    class ADecimal {
        @ParameterizedTest
        @CsvSource({"0, 0", "39, 0", "5, 6", "5, -1"})
        void hasDigitsWithinBounds(int precision, int scale) {
            assertThatThrownBy(() -> new FieldType.Decimal(precision, scale))
                    .hasMessage("Cannot hold DECIMAL(%d,%d): precision goes from 1 to 38, scale from 0 to precision"
                            .formatted(precision, scale));
        }
    }
}
