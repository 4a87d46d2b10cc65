package dev.tandem.app;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Reports progress on the error stream: a line for each phase with the time since the start, and on a terminal a bar that
 * rewrites its own line. Without it a start of several seconds looks like a hang. Safe for use by several threads.
 */
public final class Progress {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final int BAR_WIDTH = 24;
    private static final String CLEAR_LINE = "\r\u001b[K";

    /** Whether a stack trace is wanted where something fails. */
    public enum Detail {
        BRIEF,
        FULL
    }

    /** What the error stream leads to. */
    public enum Screen {
        /** A file or a pipe: whole lines only. */
        LINES,
        /** A terminal without colour ({@code NO_COLOR}). */
        TERMINAL,
        COLOURED_TERMINAL
    }

    private final PrintStream err;
    private final Screen screen;
    private final LongSupplier nanos;
    private final long begun;
    private boolean barShown;

    /** {@code nanos} is a clock of elapsed time, as {@link System#nanoTime}. */
    public Progress(PrintStream err, Screen screen, LongSupplier nanos) {
        this.err = err;
        this.screen = screen;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    /** Tells that something begins, as in {@code starting Kafka}. */
    public synchronized void step(String doing) {
        line(doing + " …");
    }

    /** Tells that something is done, as in {@code Kafka at 127.0.0.1:9092}. */
    public synchronized void done(String what) {
        line(what);
    }

    /** Tells something that a person should look at but that stops nothing. */
    public synchronized void warn(String what) {
        line(coloured("33", "▲") + " " + what);
    }

    /** Begins a bar of {@code total} things; {@code total} 0 means that nobody knows how many. Shown on a terminal only. */
    public Bar bar(String label, long total) {
        return new Bar(label, total);
    }

    /** The time since the start of the command. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - begun);
    }

    synchronized void error(String text) {
        clearBar();
        err.print(text.endsWith("\n") ? text : text + "\n");
        err.flush();
    }

    private void line(String text) {
        clearBar();
        var time = String.format(Locale.ROOT, "%7.1f s", elapsed().toMillis() / 1000.0);
        err.print(coloured("2", time) + "  " + text + "\n");
        err.flush();
    }

    private String coloured(String code, String text) {
        return screen == Screen.COLOURED_TERMINAL ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private void clearBar() {
        if (barShown) {
            err.print(CLEAR_LINE);
            barShown = false;
        }
    }

    private synchronized void draw(String text) {
        err.print(CLEAR_LINE + text);
        err.flush();
        barShown = true;
    }

    /** Work whose amount can be counted. Closing takes the bar off the screen. */
    public final class Bar implements AutoCloseable {
        private final String label;
        private final long total;
        private final long started = nanos.getAsLong();
        private long drawn = started - REDRAW_NANOS;

        private Bar(String label, long total) {
            this.label = label;
            this.total = total;
        }

        /** Tells that {@code count} things are done by now. Cheap: draws at most ten times a second. */
        public void update(long count) {
            long now = nanos.getAsLong();
            synchronized (Progress.this) {
                if (screen == Screen.LINES || now - drawn < REDRAW_NANOS) {
                    return;
                }
                drawn = now;
                draw(told(count, Duration.ofNanos(now - started)));
            }
        }

        private String told(long count, Duration taken) {
            double perSecond = count / Math.max(0.001, taken.toNanos() / 1e9);
            var rate = String.format(Locale.ROOT, "%,d/s", Math.round(perSecond));
            if (total <= 0) {
                return String.format(Locale.ROOT, "           %s  %,d · %s", label, count, rate);
            }
            int full = (int) (BAR_WIDTH * Math.min(count, total) / total);
            var left = count == 0 ? "" : " · %d s left".formatted(Math.round(Math.max(0, total - count) / perSecond));
            return String.format(
                    Locale.ROOT,
                    "           %s  %s%s %,d of %,d · %s%s",
                    label,
                    "█".repeat(full),
                    "░".repeat(BAR_WIDTH - full),
                    count,
                    total,
                    rate,
                    left);
        }

        @Override
        public void close() {
            synchronized (Progress.this) {
                clearBar();
                err.flush();
            }
        }
    }
}
