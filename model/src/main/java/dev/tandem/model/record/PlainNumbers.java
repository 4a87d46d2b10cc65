package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Floats;

/** Numbers of at most 18 digits without an exponent, which fit into a {@code long} with nothing to check on the way. */
final class PlainNumbers {
    private static final int MOST_DIGITS = 18;
    private static final long[] POWERS_OF_TEN = powersOfTen();
    /** Up to here every whole number is a double. */
    private static final long LARGEST_EXACT = 1L << 53;

    private PlainNumbers() {}

    private static long[] powersOfTen() {
        var powers = new long[MOST_DIGITS + 1];
        powers[0] = 1;
        for (int exponent = 1; exponent <= MOST_DIGITS; exponent++) {
            powers[exponent] = powers[exponent - 1] * 10;
        }
        return powers;
    }

    private static boolean signed(byte[] bytes, int from, int to) {
        return from < to && (bytes[from] == '-' || bytes[from] == '+');
    }

    record Whole(int bits) implements ScalarReader {
        @Override
        public boolean read(Slots slots, int slot, int from, int to) {
            var bytes = slots.record();
            int first = signed(bytes, from, to) ? from + 1 : from;
            if (first == to || to - first > MOST_DIGITS) {
                return false;
            }
            long value = 0;
            for (int at = first; at < to; at++) {
                int digit = bytes[at] - '0';
                if (digit < 0 || digit > 9) {
                    return false;
                }
                value = value * 10 + digit;
            }
            value = bytes[from] == '-' ? -value : value;
            if (bits == Integer.SIZE && value != (int) value) {
                return false;
            }
            slots.put(slot, value);
            return true;
        }
    }

    /** Digits with a point somewhere or nowhere: {@code digits} without the point, of which {@code fraction} follow it. */
    private static final class Numeral {
        private long digits;
        private int fraction;
        private boolean negative;

        boolean read(byte[] bytes, int from, int to) {
            int first = signed(bytes, from, to) ? from + 1 : from;
            negative = first > from && bytes[from] == '-';
            int point = -1;
            int count = 0;
            digits = 0;
            for (int at = first; at < to; at++) {
                int digit = bytes[at] - '0';
                if (digit >= 0 && digit <= 9) {
                    digits = digits * 10 + digit;
                    count++;
                } else if (bytes[at] == '.' && point < 0) {
                    point = at;
                } else {
                    return false;
                }
            }
            fraction = point < 0 ? 0 : to - point - 1;
            return count > 0 && count <= MOST_DIGITS;
        }
    }

    static final class Decimal implements ScalarReader {
        private final Numeral numeral = new Numeral();
        private final int scale;
        private final long tooLarge;

        Decimal(FieldType.Decimal type) {
            scale = type.scale();
            tooLarge = POWERS_OF_TEN[Math.min(type.precision(), MOST_DIGITS)];
        }

        @Override
        public boolean read(Slots slots, int slot, int from, int to) {
            if (!numeral.read(slots.record(), from, to)) {
                return false;
            }
            long unscaled = numeral.digits;
            int missing = scale - numeral.fraction;
            if (missing > MOST_DIGITS || missing < -MOST_DIGITS) {
                return false;
            }
            if (missing >= 0) {
                if (unscaled >= POWERS_OF_TEN[MOST_DIGITS - missing]) {
                    return false;
                }
                unscaled *= POWERS_OF_TEN[missing];
            } else if (unscaled % POWERS_OF_TEN[-missing] == 0) {
                unscaled /= POWERS_OF_TEN[-missing];
            } else {
                return false;
            }
            if (unscaled >= tooLarge) {
                return false;
            }
            slots.put(slot, numeral.negative ? -unscaled : unscaled);
            return true;
        }
    }

    /** A quotient of two doubles that are exact is rounded once, so it is the double nearest to the decimal fraction. */
    static final class Floating implements ScalarReader {
        private final Numeral numeral = new Numeral();

        @Override
        public boolean read(Slots slots, int slot, int from, int to) {
            if (!numeral.read(slots.record(), from, to) || numeral.digits > LARGEST_EXACT) {
                return false;
            }
            double value = (double) numeral.digits / POWERS_OF_TEN[numeral.fraction];
            slots.put(slot, Double.doubleToRawLongBits(Floats.normal(numeral.negative ? -value : value)));
            return true;
        }
    }
}
