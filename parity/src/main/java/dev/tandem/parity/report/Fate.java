package dev.tandem.parity.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a mode can have done with a record, in the order of the sum {@code read = counted + quarantined + …}. */
enum Fate {
    COUNTED(Paint.COUNTED),
    QUARANTINED(Paint.QUARANTINED),
    DUPLICATE(Paint.DUPLICATE),
    LATE(Paint.LATE),
    FILTERED(Paint.FILTERED),
    SPLIT(Paint.SPLIT),
    WAITING(Paint.WAITING);

    /** The key under which the sum of all fates is told. */
    static final String READ = "read";

    private final Paint paint;

    Fate(Paint paint) {
        this.paint = paint;
    }

    Paint paint() {
        return paint;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many records met this fate. */
    long in(Map<String, Long> counts) {
        return counts.getOrDefault(word(), 0L);
    }

    static List<Fate> occurringIn(Map<String, Long> counts) {
        return Arrays.stream(values()).filter(fate -> fate.in(counts) != 0).toList();
    }

    static long sum(Map<String, Long> counts) {
        return Arrays.stream(values()).mapToLong(fate -> fate.in(counts)).sum();
    }

    static boolean balances(Map<String, Long> counts) {
        return sum(counts) == counts.getOrDefault(READ, 0L);
    }
}
