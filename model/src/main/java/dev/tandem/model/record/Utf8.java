package dev.tandem.model.record;

/**
 * The strict check that bytes are UTF-8: no overlong form, no surrogate, nothing above U+10FFFF. It agrees with the JDK's decoder
 * without decoding anything.
 */
final class Utf8 {
    /** The answer where the bytes are not a character. */
    static final int INVALID = -1;

    private static final int LAST_ASCII = 0x7F;
    private static final int FIRST_OF_TWO_BYTES = 0xC2;
    private static final int FIRST_OF_THREE_BYTES = 0xE0;
    private static final int FIRST_OF_FOUR_BYTES = 0xF0;
    private static final int FIRST_UNUSED = 0xF5;
    private static final int LEAST_OF_THREE_BYTES = 0x800;
    private static final int LEAST_OF_FOUR_BYTES = 0x1_0000;

    private Utf8() {}

    static boolean valid(byte[] bytes) {
        int at = 0;
        while (at >= 0 && at < bytes.length) {
            at = bytes[at] >= 0 ? at + 1 : after(bytes, at, bytes.length);
        }
        return at >= 0;
    }

    /** The index behind the character that begins at {@code at} and ends before {@code end}; {@link #INVALID} if there is none. */
    static int after(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        if (first <= LAST_ASCII) {
            return at + 1;
        }
        if (first < FIRST_OF_TWO_BYTES || first >= FIRST_UNUSED) {
            return INVALID;
        }
        if (first < FIRST_OF_THREE_BYTES) {
            return end - at > 1 && continues(bytes[at + 1]) ? at + 2 : INVALID;
        }
        if (first < FIRST_OF_FOUR_BYTES) {
            return afterThree(bytes, at, end);
        }
        return afterFour(bytes, at, end);
    }

    private static int afterThree(byte[] bytes, int at, int end) {
        if (end - at < 3 || !continues(bytes[at + 1]) || !continues(bytes[at + 2])) {
            return INVALID;
        }
        int letter = (bytes[at] & 0x0F) << 12 | (bytes[at + 1] & 0x3F) << 6 | (bytes[at + 2] & 0x3F);
        boolean surrogate = letter >= Character.MIN_SURROGATE && letter <= Character.MAX_SURROGATE;
        return letter < LEAST_OF_THREE_BYTES || surrogate ? INVALID : at + 3;
    }

    private static int afterFour(byte[] bytes, int at, int end) {
        if (end - at < 4 || !continues(bytes[at + 1]) || !continues(bytes[at + 2]) || !continues(bytes[at + 3])) {
            return INVALID;
        }
        int letter = (bytes[at] & 0x07) << 18
                | (bytes[at + 1] & 0x3F) << 12
                | (bytes[at + 2] & 0x3F) << 6
                | (bytes[at + 3] & 0x3F);
        return letter < LEAST_OF_FOUR_BYTES || letter > Character.MAX_CODE_POINT ? INVALID : at + 4;
    }

    private static boolean continues(byte next) {
        return (next & 0xC0) == 0x80;
    }
}
