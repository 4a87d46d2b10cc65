package dev.tandem.model.record;

import dev.tandem.model.Format;
import dev.tandem.model.Schema;

/** Reads one CSV record whose delimiter is of ASCII; with any other it always gives up. */
final class CsvSlots implements SlotReader {
    private static final int GIVE_UP = -1;
    private static final int LAST_ASCII = 0x7F;

    private final SlotColumn[] columns;
    private final int delimiter;
    private final boolean delimited;

    private byte[] bytes = {};
    private Slots slots;

    CsvSlots(Schema schema, Format format) {
        columns = SlotColumn.of(schema, format);
        slots = new Slots(columns.length);
        delimiter = format.delimiter();
        delimited = delimiter <= LAST_ASCII && delimiter != '"' && delimiter != '\n' && delimiter != '\r';
    }

    @Override
    public boolean read(byte[] record, Slots into) {
        if (!delimited || columns.length == 0) {
            return false;
        }
        bytes = record;
        slots = into;
        slots.begin(record);
        int at = cell(0, 0);
        for (int position = 1; position < columns.length; position++) {
            if (at < 0 || at == bytes.length || bytes[at] != delimiter) {
                return false;
            }
            at = cell(at + 1, position);
        }
        return at >= 0 && ended(at) && SlotColumn.complete(columns, slots);
    }

    /** Whether nothing is left, or one line break. */
    private boolean ended(int at) {
        int left = bytes.length - at;
        return left == 0
                || (left == 1 && (bytes[at] == '\n' || bytes[at] == '\r'))
                || (left == 2 && bytes[at] == '\r' && bytes[at + 1] == '\n');
    }

    /** Reads the cell at {@code from} and returns the index behind it. */
    private int cell(int from, int position) {
        if (from < bytes.length && bytes[from] == '"') {
            return quotedCell(from + 1, position);
        }
        int at = from;
        while (at < bytes.length) {
            byte letter = bytes[at];
            if (letter == delimiter || letter == '\n' || letter == '\r') {
                break;
            }
            if (letter == '"' || letter == 0) {
                return GIVE_UP;
            }
            at = letter > 0 ? at + 1 : Utf8.after(bytes, at, bytes.length);
            if (at < 0) {
                return GIVE_UP;
            }
        }
        return at == from || value(from, at, position) ? at : GIVE_UP;
    }

    private boolean value(int from, int to, int position) {
        if (to - from > TextValues.LONGEST_TEXT) {
            return false;
        }
        var column = columns[position];
        if (column.shape() == SlotColumn.Shape.TEXT) {
            slots.putText(position, from, to);
            return true;
        }
        return column.scalar().read(slots, position, from, to);
    }

    private int quotedCell(int from, int position) {
        boolean text = columns[position].shape() == SlotColumn.Shape.TEXT;
        int end = toQuote(from);
        if (end >= 0 && end + 1 < bytes.length && bytes[end + 1] == '"') {
            return text ? cellWithQuotes(from, end, position) : GIVE_UP;
        }
        boolean read = end >= 0 && ((end == from && !text) || value(from, end, position));
        return read ? behindQuote(end) : GIVE_UP;
    }

    /** A cell in which two quotes stand for one; the first two are at {@code firstQuote}. */
    private int cellWithQuotes(int from, int firstQuote, int position) {
        int start = slots.beginUnescaped(bytes.length - from);
        int part = from;
        int end = firstQuote;
        while (end >= 0 && end + 1 < bytes.length && bytes[end + 1] == '"') {
            slots.unescape(part, end + 1);
            part = end + 2;
            end = toQuote(part);
        }
        if (end < 0 || end - from > TextValues.LONGEST_TEXT) {
            return GIVE_UP;
        }
        slots.unescape(part, end);
        slots.putUnescaped(position, start);
        return behindQuote(end);
    }

    private int toQuote(int from) {
        int at = from;
        while (at >= 0 && at < bytes.length && bytes[at] != '"') {
            at = bytes[at] > 0 ? at + 1 : bytes[at] == 0 ? GIVE_UP : Utf8.after(bytes, at, bytes.length);
        }
        return at < bytes.length ? at : GIVE_UP;
    }

    private int behindQuote(int quote) {
        int at = quote + 1;
        boolean ends = at == bytes.length || bytes[at] == delimiter || bytes[at] == '\n' || bytes[at] == '\r';
        return ends ? at : GIVE_UP;
    }
}
