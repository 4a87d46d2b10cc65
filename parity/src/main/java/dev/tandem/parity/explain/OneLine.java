package dev.tandem.parity.explain;

import java.nio.charset.StandardCharsets;

/** Bytes and texts of strangers on one line of a terminal, without what would move the cursor or turn the letters around. */
final class OneLine {
    private static final int MOST = 160;

    private OneLine() {}

    /** The first characters; a byte that is no UTF-8 is a replacement character. */
    static String of(byte[] bytes) {
        var text = new String(bytes, 0, Math.min(bytes.length, 4 * MOST), StandardCharsets.UTF_8);
        var letters = of(text);
        int points = letters.codePointCount(0, letters.length());
        boolean cut = bytes.length > 4 * MOST || points > MOST;
        return cut ? letters.substring(0, letters.offsetByCodePoints(0, Math.min(MOST, points))) + "…" : letters;
    }

    static String of(String text) {
        return text.codePoints()
                .map(point -> forbidden(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    private static boolean forbidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
