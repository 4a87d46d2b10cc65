package dev.tandem.model.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The JDK's decoder is the independent opinion. */
class Utf8Test {
    private static final int[] EDGES = {
        0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFE, 0xFF
    };

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(16);

    @Test
    void takesTwoBytesAsTheDecoderDoes() {
        for (int both = 0; both < 1 << 16; both++) {
            requireAgreement(new byte[] {(byte) (both >> 8), (byte) both});
        }
    }

    @Test
    void takesThreeAndFourBytesAtEveryEdgeAsTheDecoderDoes() {
        for (int first : EDGES) {
            for (int second : EDGES) {
                for (int third : EDGES) {
                    requireAgreement(bytes(first, second, third));
                    for (int fourth : EDGES) {
                        requireAgreement(bytes(first, second, third, fourth));
                    }
                }
            }
        }
    }

    @Test
    void takesLongerTextsAsTheDecoderDoes() {
        long seed = 11;
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 100_000; round++) {
            var bytes = "aä€😀".getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] = (byte) EDGES[random.nextInt(EDGES.length)];
            requireAgreement(bytes);
        }
    }

    private void requireAgreement(byte[] bytes) {
        decoder.reset();
        decoded.clear();
        boolean expected =
                !decoder.decode(ByteBuffer.wrap(bytes), decoded, true).isError();
        if (Utf8.valid(bytes) != expected) {
            assertThat(Utf8.valid(bytes)).as(HexFormat.of().formatHex(bytes)).isEqualTo(expected);
        }
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) values[index];
        }
        return bytes;
    }
}
