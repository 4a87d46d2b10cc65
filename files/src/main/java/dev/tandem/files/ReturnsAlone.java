package dev.tandem.files;

import dev.tandem.model.Format;

/**
 * Recognizes a file whose lines end in CR alone, as Excel for old Macs wrote them: split at LF, all of it is one line. Used for a
 * file that holds one line or whose header lacks a column, and never when a file is read back: positions of records do not
 * change.
 */
final class ReturnsAlone {
    private ReturnsAlone() {}

    /** Throws if {@code line} holds several records with a CR between them. */
    static void refuse(byte[] line, Format.Kind kind) throws UnfitFileException {
        boolean several = kind == Format.Kind.CSV ? outsideQuotes(line) : betweenObjects(line);
        if (several) {
            throw new UnfitFileException("its lines end in CR alone; write it with line ends LF or CRLF");
        }
    }

    private static boolean outsideQuotes(byte[] line) {
        boolean quoted = false;
        for (int at = 0; at < line.length; at++) {
            quoted ^= line[at] == '"';
            if (line[at] == '\r' && !quoted && textFollows(line, at)) {
                return true;
            }
        }
        return false;
    }

    /** Within an object of JSON a CR is a blank. */
    private static boolean betweenObjects(byte[] line) {
        byte before = 0;
        boolean returned = false;
        for (byte letter : line) {
            if (letter == '{' && before == '}' && returned) {
                return true;
            }
            returned = letter == '\r' || (returned && letter <= ' ');
            before = letter > ' ' ? letter : before;
        }
        return false;
    }

    private static boolean textFollows(byte[] line, int at) {
        for (int next = at + 1; next < line.length; next++) {
            if (line[next] > ' ' || line[next] < 0) {
                return true;
            }
        }
        return false;
    }
}
