package dev.tandem.model;

import static dev.tandem.model.ValueOrder.ASCENDING;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueOrderTest {
    /** Code points on both sides of each border: of one, two, three and four bytes, of the surrogates, and the last one. */
    private static final int[] BORDERS = {
        0x01, 0x41, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFF97, 0xFFFF, 0x10000, 0x1F35C, 0x10FFFF
    };

    /** U+FF97 comes before U+1F35C, whose first UTF-16 unit is D83C. */
    @ParameterizedTest
    @CsvSource({"ﾗｰﾒﾝ, 🍜", "a, b", "a, aa", "B, a", "Z, é", "\uD7FF, \uE000", "🍜, 🍝", "x🍜, x🍜y"})
    void putsTheLesserCodePointFirst(String lesser, String greater) {
        assertThat(ASCENDING.compare(lesser, greater)).isNegative();
        assertThat(ASCENDING.compare(greater, lesser)).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void ordersTextAsItsBytesInUtf8(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            var left = text(random);
            var right = text(random);
            assertThat(Integer.signum(ASCENDING.compare(left, right)))
                    .as("%s and %s", left, right)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(
                            left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void putsNullFirst() {
        assertThat(ASCENDING.compare(null, "")).isNegative();
        assertThat(ASCENDING.compare(null, null)).isZero();
    }

    @Test
    void ordersListsByTheirElements() {
        assertThat(ASCENDING.compare(List.of("b"), List.of("a", "a"))).isPositive();
        assertThat(ASCENDING.compare(List.of("a"), List.of("a", "a"))).isNegative();
        assertThat(ASCENDING.compare(List.of(2L, 3L), List.of(10L))).isNegative();
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            text.appendCodePoint(BORDERS[random.nextInt(BORDERS.length)]);
        }
        return text.toString();
    }
}
