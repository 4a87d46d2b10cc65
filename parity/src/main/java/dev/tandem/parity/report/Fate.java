package dev.tandem.parity.report;

import dev.tandem.parity.Report.Conservation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
    long in(Conservation conservation) {
        return switch (this) {
            case COUNTED -> conservation.counted();
            case QUARANTINED -> conservation.quarantined();
            case DUPLICATE -> conservation.duplicate();
            case LATE -> conservation.late();
            case FILTERED -> conservation.filtered();
            case SPLIT -> conservation.split();
            case WAITING -> conservation.waiting();
        };
    }

    static List<Fate> occurringIn(Conservation conservation) {
        return Arrays.stream(values())
                .filter(fate -> fate.in(conservation) != 0)
                .toList();
    }
}
