package dev.tandem.model.record;

import dev.tandem.model.Format;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Dates and times as ISO 8601 usually has them, with four digits for the year. */
final class PlainTimes {
    private static final long NONE = Long.MIN_VALUE;
    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_OF_A_DAY = 86_400;
    private static final long MILLION = 1_000_000;
    private static final long FIRST = LocalDate.of(1, 1, 1).toEpochDay() * SECONDS_OF_A_DAY * MILLION;
    private static final long BEHIND_LAST = LocalDate.of(10_000, 1, 1).toEpochDay() * SECONDS_OF_A_DAY * MILLION;
    private static final int[] LENGTHS_OF_MONTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    /** Days before a month, counted from the first of March, so that a leap day is the last of its year. */
    private static final int[] DAYS_BEFORE_MONTH = {306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};
    /** From the first of March of the year 0 to 1970. */
    private static final int DAYS_BEFORE_1970 = 719_468;

    private PlainTimes() {}

    /** The number that two digits write, or a negative one. */
    private static int two(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    /** Days since 1970 of the ten bytes at {@code from}, or {@link #NONE}. */
    private static long day(byte[] bytes, int from) {
        int century = two(bytes, from);
        int yearOfCentury = two(bytes, from + 2);
        int month = two(bytes, from + 5);
        int day = two(bytes, from + 8);
        if (century < 0 || yearOfCentury < 0 || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
            return NONE;
        }
        int year = century * 100 + yearOfCentury;
        if (year == 0 || month < 1 || month > 12 || day < 1 || day > lengthOf(month, year)) {
            return NONE;
        }
        int shifted = month < 3 ? year - 1 : year;
        return 365L * shifted
                + shifted / 4
                - shifted / 100
                + shifted / 400
                + DAYS_BEFORE_MONTH[month - 1]
                + day
                - 1
                - DAYS_BEFORE_1970;
    }

    private static int lengthOf(int month, int year) {
        boolean leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return leap ? 29 : LENGTHS_OF_MONTHS[month - 1];
    }

    /** Whole numbers of a unit since 1970. */
    static final class Epoch implements ScalarReader {
        private final PlainNumbers.Whole whole = new PlainNumbers.Whole(Long.SIZE);
        private final long unit;

        /** {@code unit} is in microseconds. */
        Epoch(long unit) {
            this.unit = unit;
        }

        @Override
        public boolean read(Slots slots, int slot, int from, int to) {
            if (!whole.read(slots, slot, from, to)) {
                return false;
            }
            long value = slots.number(slot);
            if (value < FIRST / unit || value >= BEHIND_LAST / unit) {
                return false;
            }
            slots.put(slot, value * unit);
            return true;
        }
    }

    record Date() implements ScalarReader {
        @Override
        public boolean read(Slots slots, int slot, int from, int to) {
            long day = to - from == DATE_LENGTH ? day(slots.record(), from) : NONE;
            if (day == NONE) {
                return false;
            }
            slots.put(slot, day);
            return true;
        }
    }

    /** A time with an offset, or one without where the format names a zone. */
    static final class Timestamp implements ScalarReader {
        private static final int SHORTEST = "2026-01-31T23:59".length();
        private static final int FARTHEST_OFFSET_HOUR = 17;

        private final Optional<ZoneId> zone;
        private final boolean byPattern;
        private byte[] bytes = {};
        private int at;
        private int end;
        private int second;
        private long micros;

        Timestamp(Format format) {
            zone = format.zone();
            byPattern = format.timestamp().isPresent();
        }

        @Override
        public boolean read(Slots slots, int slot, int from, int to) {
            bytes = slots.record();
            end = to;
            long day = byPattern || to - from < SHORTEST ? NONE : day(bytes, from);
            at = from + DATE_LENGTH;
            if (day == NONE || !(bytes[at] == 'T' || (bytes[at] == ' ' && zone.isPresent()))) {
                return false;
            }
            boolean blank = bytes[at++] == ' ';
            if (!timeOfDay()) {
                return false;
            }
            long local = day * SECONDS_OF_A_DAY + second;
            long offset = at == end ? offsetInZone(local) : blank ? NONE : offset();
            if (offset == NONE) {
                return false;
            }
            long instant = (local - offset) * MILLION + micros;
            if (instant < FIRST || instant >= BEHIND_LAST) {
                return false;
            }
            slots.put(slot, instant);
            return true;
        }

        private boolean timeOfDay() {
            int hour = two(bytes, at);
            int minute = two(bytes, at + 3);
            if (hour < 0 || hour > 23 || bytes[at + 2] != ':' || minute < 0 || minute > 59) {
                return false;
            }
            second = (hour * 60 + minute) * 60;
            micros = 0;
            at += "23:59".length();
            if (at == end || bytes[at] != ':') {
                return true;
            }
            int more = end - at < ":59".length() ? -1 : two(bytes, at + 1);
            if (more < 0 || more > 59) {
                return false;
            }
            second += more;
            at += ":59".length();
            return at == end || bytes[at] != '.' || fraction();
        }

        /** One to nine digits; those beyond the microsecond must be 0. */
        private boolean fraction() {
            int first = ++at;
            long unit = MILLION;
            while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
                if (unit <= 1 && bytes[at] != '0') {
                    return false;
                }
                unit /= 10;
                micros += (bytes[at] - '0') * unit;
                at++;
            }
            return at > first && at - first <= 9;
        }

        /** Seconds that the text says it is ahead of UTC. */
        private long offset() {
            if (bytes[at] == 'Z') {
                return at + 1 == end ? 0 : NONE;
            }
            boolean sign = bytes[at] == '+' || bytes[at] == '-';
            if (!sign || end - at != "+05:30".length() || bytes[at + 3] != ':') {
                return NONE;
            }
            int hours = two(bytes, at + 1);
            int minutes = two(bytes, at + 4);
            if (hours < 0 || hours > FARTHEST_OFFSET_HOUR || minutes < 0 || minutes > 59) {
                return NONE;
            }
            int seconds = (hours * 60 + minutes) * 60;
            return bytes[at] == '-' ? -seconds : seconds;
        }

        /** Seconds that the zone is ahead of UTC then, where that is not in doubt. */
        private long offsetInZone(long local) {
            if (zone.isEmpty()) {
                return NONE;
            }
            var offsets = zone.get().getRules().getValidOffsets(LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC));
            return offsets.size() == 1 ? offsets.get(0).getTotalSeconds() : NONE;
        }
    }
}
