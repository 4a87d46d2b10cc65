package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdentityTest {
    @Nested
    class AnIdentity {
        @ParameterizedTest
        @MethodSource("dev.tandem.fold.IdentityTest#equal")
        void isTheSameForEqualValues(List<List<@Nullable Object>> pair) {
            assertThat(Identity.of(pair.get(0))).isEqualTo(Identity.of(pair.get(1)));
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.fold.IdentityTest#different")
        void tellsDifferentValuesApart(List<List<@Nullable Object>> pair) {
            assertThat(Identity.of(pair.get(0))).isNotEqualTo(Identity.of(pair.get(1)));
        }

        @Test
        void comesBackFromItsBytes() {
            var identity = Identity.of(List.of("a"));
            assertThat(Identity.ofBytes(identity.bytes())).isEqualTo(identity);
        }

        /** Tables hold it, so a release may not change it. */
        @Test
        void isWhatItWasInEveryRelease() {
            var identity = Identity.of(Arrays.asList("ä", null, 7L, new BigDecimal("1.50"), Instant.EPOCH));
            assertThat(identity.bytes()).asHexString().isEqualTo("523E4FAF5A5299652773A65FB8587B95");
        }

        @Test
        void isRarelyShared() {
            var identities = new HashSet<Identity>();
            for (long number = 0; number < 10_000; number++) {
                identities.add(Identity.of(List.of(number)));
            }
            assertThat(identities).hasSize(10_000);
        }
    }

    static Stream<List<List<@Nullable Object>>> equal() {
        return Stream.of(
                pair(new BigDecimal("1.0"), new BigDecimal("1.00")),
                pair(new BigDecimal("0"), new BigDecimal("0.00")),
                pair(new BigDecimal("100"), new BigDecimal("1e2")),
                pair(0.0, -0.0),
                pair(Double.NaN, Double.longBitsToDouble(0x7ff8_0000_0000_0001L)),
                pair(7, 7L),
                pair("a", new String("a")));
    }

    static Stream<List<List<@Nullable Object>>> different() {
        return Stream.of(
                pair("a", "A"),
                pair("a", "a "),
                pair("a", "ä"),
                pair("a", "a\0"),
                pair("é", "e\u0301"),
                pair("", null),
                pair("null", null),
                pair(0L, null),
                pair(0L, "0"),
                List.of(List.of("ab", "c"), List.of("a", "bc")),
                List.of(Arrays.asList("a", null), Arrays.asList(null, "a")),
                List.of(List.of("a"), Arrays.asList("a", null)),
                pair(List.of("a, b"), List.of("a", "b")),
                pair(List.of(), ""),
                pair(Instant.EPOCH, 0L),
                pair(Instant.EPOCH, Instant.EPOCH.plusNanos(1_000)));
    }

    private static List<List<@Nullable Object>> pair(@Nullable Object left, @Nullable Object right) {
        return List.of(Arrays.asList(left), Arrays.asList(right));
    }
}
