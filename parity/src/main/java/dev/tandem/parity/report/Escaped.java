package dev.tandem.parity.report;

/**
 * Text made safe for HTML and XML alike, in elements and in quoted attributes. Hashtags and reasons come from strangers: markup
 * becomes letters, and what XML forbids (control characters, lone surrogates) or what could turn the order of the letters around
 * becomes a visible sign.
 */
final class Escaped {
    private static final char REPLACEMENT = '\uFFFD';

    private Escaped() {}

    static String text(String raw) {
        var out = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(point -> append(out, point));
        return out.toString();
    }

    private static void append(StringBuilder out, int point) {
        if (point == '&') {
            out.append("&amp;");
        } else if (point == '<') {
            out.append("&lt;");
        } else if (point == '>') {
            out.append("&gt;");
        } else if (point == '"') {
            out.append("&quot;");
        } else if (point == '\'') {
            out.append("&#39;");
        } else if (forbidden(point) || turnsDirection(point)) {
            out.append(REPLACEMENT);
        } else {
            out.appendCodePoint(point);
        }
    }

    /** <a href="https://www.w3.org/TR/xml/#charsets">XML 1.0, 2.2</a>, and the C1 controls, which it only discourages. */
    static boolean forbidden(int point) {
        return (point < 0x20 && point != '\t' && point != '\n' && point != '\r')
                || (point >= 0x7F && point <= 0x9F)
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                || point == 0xFFFE
                || point == 0xFFFF;
    }

    /** The explicit overrides and embeddings of the bidirectional algorithm. */
    static boolean turnsDirection(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }
}
