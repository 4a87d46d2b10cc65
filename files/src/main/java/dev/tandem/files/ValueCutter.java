package dev.tandem.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts JSON values out of a file that lists them, or has one after the other, each over as many lines as it likes. Only the record at
 * hand is kept. A line break between the parts of a value becomes a blank, so that each record is one line. What is between the
 * values must be as JSON has it; what is within one is for the reader of records to judge.
 */
final class ValueCutter implements Cutter {
    private static final int BUFFER = 1 << 16;
    private static final int END = -1;

    /** What may come next. */
    private enum Next {
        VALUE_OR_LIST,
        FIRST_ELEMENT,
        ELEMENT,
        COMMA,
        /** Not known, as the reading began in the middle; an earlier pass has seen that all is well. */
        ANY
    }

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;
    /** How many bytes of the source stood before those in the buffer. */
    private long before;

    private byte[] record = new byte[1_024];
    private int length;
    private long offset;
    private Next next = Next.VALUE_OR_LIST;
    private boolean begun;

    ValueCutter(InputStream source) {
        this.source = source;
    }

    @Override
    public boolean advance() throws IOException {
        if (!begun) {
            begun = true;
            skipByteOrderMark();
        }
        while (true) {
            int letter = peek();
            if (letter == END) {
                requireEnd();
                return false;
            }
            if (letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t') {
                at++;
            } else if (!structure(letter)) {
                value();
                return true;
            }
        }
    }

    /** Takes a bracket or comma between values; false where a value begins. */
    private boolean structure(int letter) throws UnfitFileException {
        if (next == Next.ANY) {
            boolean between = letter == ',' || letter == ']' || letter == '[';
            at += between ? 1 : 0;
            return between;
        }
        if (letter == '[' && next == Next.VALUE_OR_LIST) {
            next = Next.FIRST_ELEMENT;
        } else if (letter == ',' && next == Next.COMMA) {
            next = Next.ELEMENT;
        } else if (letter == ']' && (next == Next.COMMA || next == Next.FIRST_ELEMENT)) {
            next = Next.VALUE_OR_LIST;
        } else if (next == Next.COMMA || letter == ',' || letter == ']' || letter == '}') {
            throw new UnfitFileException(
                    "at byte %d it has '%c' where %s should be; write JSON objects one after the other, or one list of them"
                            .formatted(before + at, letter, next == Next.COMMA ? "a comma or ]" : "a value"));
        } else {
            return false;
        }
        at++;
        return true;
    }

    private void requireEnd() throws UnfitFileException {
        if (next != Next.VALUE_OR_LIST && next != Next.ANY) {
            throw unfinished();
        }
    }

    private static UnfitFileException unfinished() {
        return new UnfitFileException(
                "it ends before its last list or record does; take it out of the folder and move it in again when it is complete");
    }

    private void value() throws IOException {
        offset = before + at;
        length = 0;
        if (next == Next.FIRST_ELEMENT || next == Next.ELEMENT) {
            next = Next.COMMA;
        }
        int depth = 0;
        do {
            int letter = peek();
            if (letter == END) {
                throw unfinished();
            }
            take();
            if (letter == '"') {
                text();
            } else if (letter == '{' || letter == '[') {
                depth++;
            } else if (letter == '}' || letter == ']') {
                depth--;
            } else if (depth == 0) {
                word();
            }
        } while (depth > 0);
    }

    /** To behind the closing quote. */
    private void text() throws IOException {
        while (true) {
            int letter = peek();
            if (letter == END) {
                throw unfinished();
            }
            take();
            if (letter == '"') {
                return;
            }
            if (letter == '\\' && peek() != END) {
                take();
            }
        }
    }

    /** To the end of a number or word that stands alone. */
    private void word() throws IOException {
        while (" \t\r\n,[]{}\"".indexOf(peek()) < 0 && peek() != END) {
            take();
        }
    }

    private void take() throws UnfitFileException {
        if (length == record.length) {
            if (length >= LONGEST) {
                throw new UnfitFileException(
                        "it has a record of more than %d MiB; take the file out of the folder and cut it into records"
                                .formatted(LONGEST >> 20));
            }
            record = Arrays.copyOf(record, 2 * length);
        }
        byte letter = buffer[at++];
        record[length++] = letter == '\n' || letter == '\r' ? (byte) ' ' : letter;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public void begin() {
        begun = true;
        next = Next.ANY;
    }

    @Override
    public byte[] record() {
        return Arrays.copyOf(record, length);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void skipByteOrderMark() throws IOException {
        int first = peek();
        RecordCutter.refuseUtf16(first, limit - at > 1 ? buffer[at + 1] & 0xFF : END);
        if (first == 0xEF && limit - at > 2 && (buffer[at + 1] & 0xFF) == 0xBB && (buffer[at + 2] & 0xFF) == 0xBF) {
            at += 3;
        }
    }

    /** The next byte, 0 to 255; {@link #END} behind the last. */
    private int peek() throws IOException {
        if (at == limit) {
            before += limit;
            at = 0;
            limit = Math.max(0, source.readNBytes(buffer, 0, buffer.length));
        }
        return at < limit ? buffer[at] & 0xFF : END;
    }
}
