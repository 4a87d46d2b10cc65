package dev.tandem.model.record;

import static dev.tandem.model.record.JsonText.GIVE_UP;

import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.util.Arrays;

/**
 * Reads one JSON object. The fields of most records come in one order, so the field that followed last time is tried first; only
 * another name is looked up. Fields that the schema does not name are checked and skipped.
 */
final class JsonSlots implements SlotReader {

    private final JsonText json = new JsonText();
    private final SlotColumn[] columns;
    private final NameTable names;
    private final boolean[] seen;
    /** The field that came first, and behind it for each field the one that came next: where to look first, never what to find. */
    private final int[] following;

    private byte[] bytes = {};
    private Slots slots;

    JsonSlots(Schema schema, Format format) {
        columns = SlotColumn.of(schema, format);
        names = new NameTable(columns);
        seen = new boolean[columns.length];
        following = new int[columns.length + 1];
        Arrays.fill(following, NameTable.UNKNOWN);
        slots = new Slots(columns.length);
    }

    @Override
    public boolean read(byte[] record, Slots into) {
        bytes = record;
        slots = into;
        slots.begin(record);
        json.begin(record);
        Arrays.fill(seen, false);
        int start = json.afterBlanks(0);
        int at = json.peek(start) == '{' ? object(json.afterBlanks(start + 1)) : GIVE_UP;
        return at >= 0 && json.afterBlanks(at) == record.length && SlotColumn.complete(columns, slots);
    }

    private int object(int from) {
        int at = from;
        if (json.peek(at) == '}') {
            return at + 1;
        }
        int before = 0;
        while (json.peek(at) == '"') {
            int guess = following[before];
            int position;
            if (guess >= 0 && beginsWithName(guess, at + 1)) {
                position = guess;
                at += columns[guess].name().length + 2;
            } else {
                int behind = json.afterName(at + 1);
                position = behind < 0 ? NameTable.UNKNOWN : names.position(bytes, at + 1, behind - 1);
                at = behind;
            }
            at = json.toValue(at);
            if (at >= 0 && position == NameTable.UNKNOWN) {
                at = json.afterValue(at, 1);
            } else if (at >= 0) {
                following[before] = position;
                before = position + 1;
                at = once(at, position);
            }
            at = json.toNext(at);
            if (at >= 0 && bytes[at] == '}') {
                return at + 1;
            }
            if (at < 0 || bytes[at] != ',') {
                return GIVE_UP;
            }
            at = json.afterBlanks(at + 1);
        }
        return GIVE_UP;
    }

    private boolean beginsWithName(int position, int from) {
        int length = columns[position].name().length;
        return bytes.length - from > length
                && bytes[from + length] == '"'
                && columns[position].named(bytes, from, length);
    }

    private int once(int at, int position) {
        if (seen[position]) {
            return GIVE_UP;
        }
        seen[position] = true;
        return value(at, columns[position], position);
    }

    private int value(int at, SlotColumn column, int slot) {
        byte first = json.peek(at);
        if (first == 'n') {
            return json.afterWord(at, "null");
        }
        return switch (column.shape()) {
            case TEXT -> first == '"' ? text(at + 1, slot) : GIVE_UP;
            case SCALAR -> first == '"' ? quotedScalar(at + 1, column, slot) : scalar(at, column, slot);
            case TRUTH -> truth(at, slot);
            case LIST -> first == '[' ? list(at + 1, column.elements().orElseThrow(), slot) : GIVE_UP;
        };
    }

    private int truth(int at, int slot) {
        boolean truth = json.peek(at) == 't';
        slots.put(slot, truth ? 1 : 0);
        return json.afterWord(at, truth ? "true" : "false");
    }

    private int scalar(int at, SlotColumn column, int slot) {
        int end = json.afterNumber(at);
        return end >= 0 && column.scalar().read(slots, slot, at, end) ? end : GIVE_UP;
    }

    private int quotedScalar(int from, SlotColumn column, int slot) {
        int end = json.toQuoteOrBackslash(from);
        return end >= 0 && bytes[end] == '"' && column.scalar().read(slots, slot, from, end) ? end + 1 : GIVE_UP;
    }

    private int list(int from, SlotColumn elements, int slot) {
        int first = slots.firstFree();
        int at = json.afterBlanks(from);
        if (elements.shape() == SlotColumn.Shape.LIST) {
            return GIVE_UP;
        }
        if (json.peek(at) == ']') {
            slots.putList(slot, first);
            return at + 1;
        }
        while (at >= 0) {
            at = json.toNext(value(at, elements, slots.nextElement()));
            if (at >= 0 && bytes[at] == ']') {
                slots.putList(slot, first);
                return at + 1;
            }
            at = at < 0 || bytes[at] != ',' ? GIVE_UP : json.afterBlanks(at + 1);
        }
        return GIVE_UP;
    }

    private int text(int from, int slot) {
        int end = json.toQuoteOrBackslash(from);
        if (end >= 0 && bytes[end] == '\\') {
            return escapedText(from, end, slot);
        }
        if (end < 0 || end - from > TextValues.LONGEST_TEXT) {
            return GIVE_UP;
        }
        slots.putText(slot, from, end);
        return end + 1;
    }

    private int escapedText(int from, int firstBackslash, int slot) {
        int start = slots.beginUnescaped(bytes.length - from);
        slots.unescape(from, firstBackslash);
        int at = firstBackslash;
        while (at >= 0 && bytes[at] == '\\') {
            int behind = escape(at);
            at = behind < 0 ? GIVE_UP : json.toQuoteOrBackslash(behind);
            if (at >= 0) {
                slots.unescape(behind, at);
            }
        }
        if (at < 0 || at - from > TextValues.LONGEST_TEXT) {
            return GIVE_UP;
        }
        slots.putUnescaped(slot, start);
        return at + 1;
    }

    /** Adds the letter that an escape stands for, and returns the index behind the escape. */
    private int escape(int backslash) {
        byte escaped = json.peek(backslash + 1);
        if (escaped != 'u') {
            int letter = JsonText.unescaped(escaped);
            if (letter < 0) {
                return GIVE_UP;
            }
            slots.unescape(letter);
            return backslash + 2;
        }
        int unit = json.hexadecimal(backslash + 2);
        int behind = backslash + 6;
        if (unit <= 0) {
            return GIVE_UP;
        }
        if (!Character.isSurrogate((char) unit)) {
            unescape(unit);
            return behind;
        }
        boolean another = json.peek(behind) == '\\' && json.peek(behind + 1) == 'u';
        int second = another ? json.hexadecimal(behind + 2) : -1;
        if (second < 0 || !Character.isSurrogatePair((char) unit, (char) second)) {
            return GIVE_UP;
        }
        unescape(Character.toCodePoint((char) unit, (char) second));
        return behind + 6;
    }

    private void unescape(int letter) {
        if (letter < 0x80) {
            slots.unescape(letter);
            return;
        }
        if (letter < 0x800) {
            slots.unescape(0xC0 | letter >> 6);
        } else {
            if (letter < 0x1_0000) {
                slots.unescape(0xE0 | letter >> 12);
            } else {
                slots.unescape(0xF0 | letter >> 18);
                slots.unescape(0x80 | (letter >> 12 & 0x3F));
            }
            slots.unescape(0x80 | (letter >> 6 & 0x3F));
        }
        slots.unescape(0x80 | (letter & 0x3F));
    }
}
