package dev.tandem.model.record;

import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.util.Arrays;

/** Reads the value of a record, and then the fields of its envelope into the slots behind. */
final class EnvelopedSlots implements SlotReader {
    private final SlotReader value;
    private final SlotReader head;
    private final boolean[] texts;
    private final Slots beside;
    private final int first;

    /**
     * @param columns the fields of the envelope
     * @param first the slot of the first of them
     */
    EnvelopedSlots(SlotReader value, Schema columns, Format notation, int first) {
        this.value = value;
        this.first = first;
        head = SlotReader.of(columns, notation);
        int count = columns.fields().size();
        texts = new boolean[count];
        for (int column = 0; column < count; column++) {
            texts[column] = columns.fields().get(column).type().isText();
        }
        beside = new Slots(count);
    }

    @Override
    public boolean read(byte[] record, Slots slots) {
        int end = Envelope.end(record);
        if (end < 0 || !value.read(Envelope.value(record), slots) || !head.read(Arrays.copyOf(record, end), beside)) {
            return false;
        }
        for (int column = 0; column < texts.length; column++) {
            if (beside.isNull(column)) {
                continue;
            }
            if (texts[column]) {
                slots.putCopy(first + column, beside.bytes(column), beside.offset(column), beside.length(column));
            } else {
                slots.put(first + column, beside.number(column));
            }
        }
        return true;
    }
}
