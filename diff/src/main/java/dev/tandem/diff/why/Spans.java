package dev.tandem.diff.why;

import java.util.ArrayList;

/** Lengths of time in words. */
final class Spans {
    private static final long[] MICROS = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L, 1L};
    private static final String[] UNITS = {"d", "h", "min", "s", "ms", "µs"};

    private Spans() {}

    /** As in {@code 5 h 30 min}. */
    static String told(long micros) {
        var parts = new ArrayList<String>();
        long rest = micros;
        for (int index = 0; index < MICROS.length; index++) {
            long count = rest / MICROS[index];
            if (count > 0) {
                parts.add(count + " " + UNITS[index]);
                rest -= count * MICROS[index];
            }
        }
        return parts.isEmpty() ? "0 s" : String.join(" ", parts);
    }
}
