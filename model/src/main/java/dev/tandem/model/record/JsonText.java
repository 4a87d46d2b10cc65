package dev.tandem.model.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over the parts of one JSON record that need no schema. Every method takes the index at which a part begins and returns the
 * index behind it, or {@link #GIVE_UP}.
 */
final class JsonText {
    static final int GIVE_UP = -1;
    /** What {@link #peek} answers behind the record: no byte of JSON outside of texts. */
    static final byte END = -1;

    /** Less than the strict reader allows, so that nothing has to be counted exactly. */
    static final int DEEPEST = 64;

    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_NUMBER = 100;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long BLANKS = 0x2020_2020_2020_2020L;
    private static final long QUOTES = 0x2222_2222_2222_2222L;
    private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;

    private byte[] bytes = {};

    void begin(byte[] record) {
        bytes = record;
    }

    byte peek(int at) {
        return at < bytes.length ? bytes[at] : END;
    }

    int afterBlanks(int from) {
        int at = from;
        while (at < bytes.length && blank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean blank(byte letter) {
        return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
    }

    /** The index of the first byte from here that is not a letter of ASCII to be taken as it is. */
    int afterPlain(int from) {
        int at = from;
        while (at <= bytes.length - Long.BYTES) {
            long word = (long) WORDS.get(bytes, at);
            // A borrow can only reach bytes behind the first odd one, and the first one is all that counts.
            long odd = (word | (word - BLANKS) | ((word ^ QUOTES) - EACH) | ((word ^ BACKSLASHES) - EACH)) & HIGH_BITS;
            if (odd != 0) {
                return at + (Long.numberOfTrailingZeros(odd) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /**
     * From within a text to its closing quote or its next backslash: there, and not behind it. Gives up at a control character and
     * at what is not UTF-8.
     */
    int toQuoteOrBackslash(int from) {
        int at = from;
        while (true) {
            at = afterPlain(at);
            if (at == bytes.length) {
                return GIVE_UP;
            }
            byte letter = bytes[at];
            if (letter == '"' || letter == '\\') {
                return at;
            }
            at = letter < 0 ? Utf8.after(bytes, at, bytes.length) : GIVE_UP;
            if (at < 0) {
                return GIVE_UP;
            }
        }
    }

    /** Over the inside of a name and its closing quote. Names with escapes are rare, and left to the strict parser. */
    int afterName(int from) {
        int end = toQuoteOrBackslash(from);
        return end < 0 || bytes[end] != '"' || end - from > LONGEST_NAME ? GIVE_UP : end + 1;
    }

    /** Over the inside of a text and its closing quote. */
    int afterText(int from) {
        int at = toQuoteOrBackslash(from);
        while (at >= 0 && bytes[at] == '\\') {
            byte escaped = peek(at + 1);
            if (escaped == 'u') {
                at = hexadecimal(at + 2) < 0 ? GIVE_UP : toQuoteOrBackslash(at + 6);
            } else {
                at = unescaped(escaped) < 0 ? GIVE_UP : toQuoteOrBackslash(at + 2);
            }
        }
        return at < 0 || at - from > TextValues.LONGEST_TEXT ? GIVE_UP : at + 1;
    }

    /** The letter that a backslash and {@code escaped} stand for, or a negative number if there is none. */
    static int unescaped(byte escaped) {
        return switch (escaped) {
            case '"', '\\', '/' -> escaped;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> -1;
        };
    }

    /** The number that four hexadecimal digits write, or a negative one. */
    int hexadecimal(int from) {
        if (bytes.length - from < 4) {
            return -1;
        }
        int value = 0;
        for (int at = from; at < from + 4; at++) {
            int digit = bytes[at] < 0 ? -1 : Character.digit((char) bytes[at], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    int afterWord(int from, String word) {
        if (bytes.length - from < word.length()) {
            return GIVE_UP;
        }
        for (int index = 0; index < word.length(); index++) {
            if (bytes[from + index] != word.charAt(index)) {
                return GIVE_UP;
            }
        }
        return from + word.length();
    }

    int afterNumber(int from) {
        int first = peek(from) == '-' ? from + 1 : from;
        int at = afterDigits(first);
        if (at == first || (bytes[first] == '0' && at > first + 1)) {
            return GIVE_UP;
        }
        if (peek(at) == '.') {
            int fraction = at + 1;
            at = afterDigits(fraction);
            if (at == fraction) {
                return GIVE_UP;
            }
        }
        if ((peek(at) | 0x20) == 'e') {
            int exponent = peek(at + 1) == '-' || peek(at + 1) == '+' ? at + 2 : at + 1;
            at = afterDigits(exponent);
            if (at == exponent) {
                return GIVE_UP;
            }
        }
        return at - from > LONGEST_NUMBER ? GIVE_UP : at;
    }

    private int afterDigits(int from) {
        int at = from;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    /** Over any value; {@code depth} says how many objects and lists it is in. */
    int afterValue(int at, int depth) {
        return switch (peek(at)) {
            case '"' -> afterText(at + 1);
            case '{' -> depth == DEEPEST ? GIVE_UP : afterObject(at + 1, depth + 1);
            case '[' -> depth == DEEPEST ? GIVE_UP : afterList(at + 1, depth + 1);
            case 't' -> afterWord(at, "true");
            case 'f' -> afterWord(at, "false");
            case 'n' -> afterWord(at, "null");
            default -> afterNumber(at);
        };
    }

    private int afterObject(int from, int depth) {
        int at = afterBlanks(from);
        if (peek(at) == '}') {
            return at + 1;
        }
        while (at >= 0 && peek(at) == '"') {
            at = toValue(afterName(at + 1));
            at = at < 0 ? GIVE_UP : toNext(afterValue(at, depth));
            if (at >= 0 && bytes[at] == '}') {
                return at + 1;
            }
            at = at < 0 || bytes[at] != ',' ? GIVE_UP : afterBlanks(at + 1);
        }
        return GIVE_UP;
    }

    private int afterList(int from, int depth) {
        int at = afterBlanks(from);
        if (peek(at) == ']') {
            return at + 1;
        }
        while (at >= 0) {
            at = toNext(afterValue(at, depth));
            if (at >= 0 && bytes[at] == ']') {
                return at + 1;
            }
            at = at < 0 || bytes[at] != ',' ? GIVE_UP : afterBlanks(at + 1);
        }
        return GIVE_UP;
    }

    /** From behind a name over the colon to its value. */
    int toValue(int behindName) {
        int colon = behindName < 0 ? behindName : afterBlanks(behindName);
        return colon < 0 || peek(colon) != ':' ? GIVE_UP : afterBlanks(colon + 1);
    }

    /** From behind a value to what follows it, which is within the record. */
    int toNext(int behindValue) {
        int at = behindValue < 0 ? behindValue : afterBlanks(behindValue);
        return at < bytes.length ? at : GIVE_UP;
    }
}
