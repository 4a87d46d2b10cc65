package dev.tandem.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as whole microseconds since 1970, the resolution that Spark, PostgreSQL, MySQL and Parquet share. */
public final class Instants {
    private static final long MILLION = 1_000_000L;

    private Instants() {}

    /** Microseconds since 1970-01-01T00:00Z, cut (not rounded) below a microsecond; throws on a year beyond ±290,000. */
    public static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MILLION), instant.getNano() / 1_000);
    }

    public static Instant ofMicros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
