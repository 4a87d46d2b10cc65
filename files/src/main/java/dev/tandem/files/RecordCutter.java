package dev.tandem.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits bytes into records: lines, and for CSV also several lines where a quoted cell holds line breaks. A record spans lines
 * only while its quotes are sound; where they are not, or where no closing quote comes within 1 MiB, its first line is a record
 * of its own. So a stray quote affects its own line only. Blank lines are no records; a last line needs no line end; a byte order
 * mark is left out.
 */
final class RecordCutter implements Cutter {
    /** How far a closing quote is looked for, in bytes. */
    static final int LONGEST_QUOTED = 1 << 20;

    private static final int BUFFER = 1 << 18;
    private static final int END = -1;

    private final InputStream source;
    private final boolean csv;
    private final byte[] delimiter;
    private byte[] buffer = new byte[BUFFER];
    /** Where the current record begins. */
    private int start;
    /** Its length, without its line end. */
    private int length;
    /** Where what follows it begins. */
    private int next;

    private int limit;
    private boolean begun;
    private boolean quotes;
    /** How many bytes of the source stood before those in the buffer. */
    private long before;

    RecordCutter(InputStream source, RecordForm form) {
        this.source = source;
        this.csv = form.csv();
        this.delimiter = form.delimiterBytes();
    }

    @Override
    public boolean advance() throws IOException {
        if (!begun) {
            begun = true;
            skipByteOrderMark();
        }
        do {
            start = next;
            quotes = false;
            int lineEnd = lineEnd();
            int end = csv && quotes ? quotedEnd(lineEnd) : lineEnd;
            if (end == 0 && start == limit) {
                next = start;
                return false;
            }
            next = Math.min(limit, start + end + 1);
            length = end > 0 && buffer[start + end - 1] == '\r' ? end - 1 : end;
        } while (blank());
        return true;
    }

    @Override
    public long offset() {
        return before + start;
    }

    @Override
    public void begin() {
        begun = true;
    }

    @Override
    public byte[] record() {
        return Arrays.copyOfRange(buffer, start, start + length);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void skipByteOrderMark() throws IOException {
        int first = at(0);
        int second = at(1);
        refuseUtf16(first, second);
        if (first == 0xEF && second == 0xBB && at(2) == 0xBF) {
            next = 3;
        }
    }

    static void refuseUtf16(int first, int second) throws UnfitFileException {
        if ((first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF)) {
            throw new UnfitFileException("it is UTF-16; write it as UTF-8, or give the format 'encoding: UTF-16'");
        }
    }

    private boolean blank() {
        for (int at = start; at < start + length; at++) {
            byte letter = buffer[at];
            boolean empty = letter == ' ' || letter == '\t' || letter == '\r';
            if (!empty || (csv && letter == delimiter[0])) {
                return false;
            }
        }
        return true;
    }

    /** The offset of the next line end or of the end; notes whether there are quotes before it. */
    private int lineEnd() throws IOException {
        int offset = 0;
        boolean seen = false;
        while (true) {
            var bytes = buffer;
            int to = limit;
            for (int at = start + offset; at < to; at++) {
                byte letter = bytes[at];
                if (letter == '\n') {
                    quotes = seen;
                    return at - start;
                }
                seen |= letter == '"';
            }
            offset = to - start;
            if (!fill()) {
                quotes = seen;
                return offset;
            }
        }
    }

    /** The offset where a record with quotes ends: {@code firstLine} where they are not sound. */
    private int quotedEnd(int firstLine) throws IOException {
        int offset = 0;
        while (true) {
            if (at(offset) == '"') {
                offset = closingQuote(offset) + 1;
                if (offset == 0) {
                    return firstLine;
                }
                if (at(offset) == '\r' && endsLine(at(offset + 1))) {
                    offset++;
                }
            } else {
                while (!delimited(offset) && !endsLine(at(offset))) {
                    offset++;
                }
            }
            if (endsLine(at(offset))) {
                return offset;
            }
            if (!delimited(offset)) {
                return firstLine;
            }
            offset += delimiter.length;
        }
    }

    private boolean delimited(int offset) throws IOException {
        for (int index = 0; index < delimiter.length; index++) {
            if (at(offset + index) != (delimiter[index] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** The offset of the quote that closes the one at {@code opening}; {@link #END} if there is none near enough. */
    private int closingQuote(int opening) throws IOException {
        for (int offset = opening + 1; offset <= LONGEST_QUOTED; offset++) {
            int letter = at(offset);
            if (letter == END) {
                return END;
            }
            if (letter == '"') {
                if (at(offset + 1) != '"') {
                    return offset;
                }
                offset++;
            }
        }
        return END;
    }

    private static boolean endsLine(int letter) {
        return letter == '\n' || letter == END;
    }

    /** The byte at an offset from the record's beginning, 0 to 255; {@link #END} behind the last. */
    private int at(int offset) throws IOException {
        while (start + offset >= limit) {
            if (!fill()) {
                return END;
            }
        }
        return buffer[start + offset] & 0xFF;
    }

    /** Reads on, keeping the current record; false at the end. */
    private boolean fill() throws IOException {
        int kept = limit - start;
        if (kept == buffer.length) {
            if (kept >= LONGEST) {
                throw new UnfitFileException(
                        "it has a line of more than %d MiB; take the file out of the folder and cut it into records"
                                .formatted(LONGEST >> 20));
            }
            buffer = Arrays.copyOf(buffer, 2 * kept);
        } else if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, kept);
        }
        before += start;
        start = 0;
        limit = kept;
        int read = source.read(buffer, limit, buffer.length - limit);
        limit += Math.max(0, read);
        return read > 0;
    }
}
