package dev.tandem.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the cells of one CSV record begin and end, quotes included. Reused from record to record, because a file has millions.
 * Where the quotes are broken it still counts the cells, as a lenient reader would, and says that they are not sound.
 */
final class Cells {
    private final byte[] delimiter;
    private int[] from = new int[16];
    private int[] to = new int[16];
    private int count;
    private boolean sound;

    Cells(byte[] delimiter) {
        this.delimiter = delimiter;
    }

    void split(byte[] record) {
        count = 0;
        sound = true;
        int at = 0;
        while (true) {
            int end = record.length > at && record[at] == '"' ? endOfQuoted(record, at) : endOfText(record, at);
            add(at, end);
            if (end >= record.length) {
                return;
            }
            at = end + delimiter.length;
        }
    }

    private int endOfQuoted(byte[] record, int begin) {
        for (int at = begin + 1; at < record.length; at++) {
            if (record[at] != '"') {
                continue;
            }
            if (at + 1 < record.length && record[at + 1] == '"') {
                at++;
                continue;
            }
            int end = endOfText(record, at + 1);
            sound &= end == at + 1;
            return end;
        }
        sound = false;
        return record.length;
    }

    private int endOfText(byte[] record, int begin) {
        int at = begin;
        while (at < record.length && !delimited(record, at)) {
            at++;
        }
        return at;
    }

    private boolean delimited(byte[] record, int at) {
        if (record[at] != delimiter[0] || record.length - at < delimiter.length) {
            return false;
        }
        for (int index = 1; index < delimiter.length; index++) {
            if (record[at + index] != delimiter[index]) {
                return false;
            }
        }
        return true;
    }

    private void add(int begin, int end) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        from[count] = begin;
        to[count] = end;
        count++;
    }

    int count() {
        return count;
    }

    boolean sound() {
        return sound;
    }

    int from(int cell) {
        return from[cell];
    }

    int length(int cell) {
        return to[cell] - from[cell];
    }

    /** The cells as text, without their quotes and surrounding blanks. */
    List<String> texts(byte[] record) {
        var texts = new ArrayList<String>();
        for (int cell = 0; cell < count; cell++) {
            var text = new String(record, from(cell), length(cell), StandardCharsets.UTF_8).strip();
            boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
            texts.add(
                    quoted
                            ? text.substring(1, text.length() - 1)
                                    .replace("\"\"", "\"")
                                    .strip()
                            : text);
        }
        return texts;
    }
}
