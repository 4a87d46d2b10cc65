package dev.tandem.model.record;

import static dev.tandem.model.record.JsonText.GIVE_UP;

import dev.tandem.model.Format;
import dev.tandem.model.Schema;

/** Reads one JSON object. What the schema does not name is checked and skipped. */
final class JsonSlots implements SlotReader {

    private final JsonText json = new JsonText();
    private final SlotColumn[] columns;
    private final SlotPlace.Members members;

    private byte[] bytes = {};
    private Slots slots;

    JsonSlots(Schema schema, Format format) {
        columns = SlotColumn.of(schema, format);
        members = new SlotPlace.Members(JsonPlace.of(schema), columns);
        slots = new Slots(columns.length);
    }

    @Override
    public boolean read(byte[] record, Slots into) {
        bytes = record;
        slots = into;
        slots.begin(record);
        json.begin(record);
        int start = json.afterBlanks(0);
        int at = json.peek(start) == '{' ? object(start + 1, members, 1) : GIVE_UP;
        return at >= 0 && json.afterBlanks(at) == record.length && SlotColumn.complete(columns, slots);
    }

    /** Over the inside of an object and its closing brace; {@code depth} says how many objects and lists it is, and is in. */
    private int object(int from, SlotPlace.Members object, int depth) {
        int at = json.afterBlanks(from);
        if (json.peek(at) == '}') {
            return at + 1;
        }
        object.begin();
        while (json.peek(at) == '"') {
            int length = object.expected(bytes, at + 1);
            int member;
            if (length >= 0) {
                member = object.expected();
                at += length + 2;
            } else {
                int behind = json.afterName(at + 1);
                member = behind < 0 ? NameTable.UNKNOWN : object.position(bytes, at + 1, behind - 1);
                at = behind;
            }
            at = json.toValue(at);
            if (at >= 0 && member == NameTable.UNKNOWN) {
                at = json.afterValue(at, depth);
            } else if (at >= 0) {
                at = object.isFirst(member) ? place(at, object.place(member), depth) : GIVE_UP;
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

    private int place(int at, SlotPlace place, int depth) {
        if (place.isLeaf()) {
            return value(at, place.column().orElseThrow(), place.slot(), depth);
        }
        byte first = json.peek(at);
        if (first == 'n') {
            return json.afterWord(at, "null");
        }
        boolean read = place.column().isEmpty() || value(at, place.column().orElseThrow(), place.slot(), depth) >= 0;
        if (!read || depth == JsonText.DEEPEST) {
            return GIVE_UP;
        }
        if (place.members().isPresent()) {
            return first == '{' ? object(at + 1, place.members().orElseThrow(), depth + 1) : GIVE_UP;
        }
        return first == '[' ? elements(at + 1, place.elements().orElseThrow(), depth + 1) : GIVE_UP;
    }

    private int elements(int from, SlotPlace.Elements list, int depth) {
        int at = json.afterBlanks(from);
        if (json.peek(at) == ']') {
            return at + 1;
        }
        for (int index = 0; at >= 0; index++) {
            var element = list.at(index);
            int value = at;
            at = json.toNext(element.isPresent() ? place(value, element.get(), depth) : json.afterValue(value, depth));
            if (at >= 0 && bytes[at] == ']') {
                return at + 1;
            }
            at = at < 0 || bytes[at] != ',' ? GIVE_UP : json.afterBlanks(at + 1);
        }
        return GIVE_UP;
    }

    private int value(int at, SlotColumn column, int slot, int depth) {
        byte first = json.peek(at);
        if (first == 'n') {
            return json.afterWord(at, "null");
        }
        return switch (column.shape()) {
            case TEXT -> first == '"' ? text(at + 1, slot) : GIVE_UP;
            case LENIENT -> first == '"' ? text(at + 1, slot) : anyText(at, slot, depth);
            case SCALAR -> first == '"' ? quotedScalar(at + 1, column, slot) : scalar(at, column, slot);
            case TRUTH -> truth(at, slot);
            case LIST -> first == '[' ? list(at + 1, column.elements().orElseThrow(), slot, depth) : GIVE_UP;
        };
    }

    /** Anything but text as the text that it is written as. */
    private int anyText(int at, int slot, int depth) {
        int end = json.afterValue(at, depth);
        if (end < 0 || end - at > TextValues.LONGEST_TEXT) {
            return GIVE_UP;
        }
        slots.putText(slot, at, end);
        return end;
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

    private int list(int from, SlotColumn elements, int slot, int depth) {
        int first = slots.firstFree();
        int at = json.afterBlanks(from);
        if (elements.shape() == SlotColumn.Shape.LIST || depth == JsonText.DEEPEST) {
            return GIVE_UP;
        }
        if (json.peek(at) == ']') {
            slots.putList(slot, first);
            return at + 1;
        }
        while (at >= 0) {
            at = json.toNext(value(at, elements, slots.nextElement(), depth + 1));
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
