package dev.tandem.engine;

/** Elapsed time between laps. */
public final class Stopwatch {
    private long last = System.nanoTime();

    /** Milliseconds since the last lap, or since the start. */
    public double lap() {
        long now = System.nanoTime();
        double millis = (now - last) / 1e6;
        last = now;
        return millis;
    }
}
