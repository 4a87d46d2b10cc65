package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Reads the text of one number, truth value, date or time into a slot, without an object for it. */
interface ScalarReader {
    /** The bytes of the record from {@code from} to before {@code to} as the value of {@code slot}; false to give up. */
    boolean read(Slots slots, int slot, int from, int to);

    /** The reader for {@code type}; one that always gives up for texts and lists, which are no scalars. */
    static ScalarReader of(FieldType type, Format format, Schema.Conversion conversion) {
        var texts = new TextValues(format).reading(conversion);
        return switch (type.kind()) {
            case WHOLE -> new Strictly(new PlainNumbers.Whole(((FieldType.Whole) type).bits()), type, texts);
            case DECIMAL -> new Strictly(new PlainNumbers.Decimal((FieldType.Decimal) type), type, texts);
            case FLOATING -> new Strictly(new PlainNumbers.Floating(), type, texts);
            case DATE -> new PlainTimes.Date();
            case TIMESTAMP ->
                new Strictly(
                        conversion.micros() > 0
                                ? new PlainTimes.Epoch(conversion.micros())
                                : new PlainTimes.Timestamp(format),
                        type,
                        texts);
            case TRUTH -> ScalarReader::truth;
            case TEXT, LIST -> (slots, slot, from, to) -> false;
        };
    }

    private static boolean truth(Slots slots, int slot, int from, int to) {
        boolean truth = spells(slots.record(), from, to, "true");
        if (truth || spells(slots.record(), from, to, "false")) {
            slots.put(slot, truth ? 1 : 0);
            return true;
        }
        return false;
    }

    private static boolean spells(byte[] bytes, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int at = from; at < to; at++) {
            if ((bytes[at] | 0x20) != word.charAt(at - from)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads the plain notation with {@code plain}, and every other one (an exponent, a pattern's time, 19 digits) with the strict
     * reader of texts. That costs a text and an object for this value, but not the whole record its fast path.
     */
    record Strictly(ScalarReader plain, FieldType type, TextValues texts) implements ScalarReader {
        private static final int LONGEST = 100;
        private static final int MOST_DIGITS = 18;

        @Override
        public boolean read(Slots slots, int slot, int from, int to) {
            if (plain.read(slots, slot, from, to)) {
                return true;
            }
            if (to - from > LONGEST) {
                return false;
            }
            var text = new String(slots.record(), from, to - from, StandardCharsets.UTF_8);
            try {
                return put(slots, slot, texts.read(text, type, ""));
            } catch (MalformedRecordException givesUp) {
                return false;
            }
        }

        private static boolean put(Slots slots, int slot, Object value) {
            if (value instanceof BigDecimal decimal) {
                if (decimal.precision() > MOST_DIGITS) {
                    return false;
                }
                slots.put(slot, decimal.unscaledValue().longValueExact());
            } else if (value instanceof Double number) {
                slots.put(slot, Double.doubleToRawLongBits(number));
            } else if (value instanceof Number number) {
                slots.put(slot, number.longValue());
            } else {
                return false;
            }
            return true;
        }
    }
}
