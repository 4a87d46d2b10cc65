package dev.tandem.diff.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as they are written in reports. */
final class Moments {
    private Moments() {}

    /** As in {@code 2026-11-20T09:41:07Z}. */
    static String second(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
