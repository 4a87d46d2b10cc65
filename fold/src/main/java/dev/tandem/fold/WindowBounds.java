package dev.tandem.fold;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Instants;
import dev.tandem.model.Window;
import dev.tandem.model.Window.Span;

/**
 * The windows of one view as pairs of longs: start and end in microseconds since 1970. Remembers the last answer, because events
 * that follow each other are mostly in the same windows. The window over everything is from {@link Long#MIN_VALUE} to
 * {@link Long#MAX_VALUE}. One thread.
 */
public final class WindowBounds {
    private static final long[] NONE = {};

    private final Window window;
    /** The times for which {@link #bounds} is the answer: from (included) to until (excluded). */
    private long from;

    private long until;
    private long[] bounds = NONE;

    public WindowBounds(Window window) {
        this.window = window;
    }

    /** Start, end, start, end … of the windows of an event; for a session, the one that the event would be alone. */
    public long[] of(long eventMicros) {
        if (eventMicros >= from && eventMicros < until) {
            return bounds;
        }
        var spans = window.spansOf(Instants.ofMicros(eventMicros));
        bounds = new long[2 * spans.size()];
        long latestStart = Long.MIN_VALUE;
        long earliestEnd = Long.MAX_VALUE;
        for (int index = 0; index < spans.size(); index++) {
            bounds[2 * index] = start(spans.get(index));
            bounds[2 * index + 1] = Watermarks.endMicros(spans.get(index));
            latestStart = Math.max(latestStart, bounds[2 * index]);
            earliestEnd = Math.min(earliestEnd, bounds[2 * index + 1]);
        }
        remember(eventMicros, latestStart, earliestEnd);
        return bounds;
    }

    /** Between two neighbouring bounds all events have the same windows; a session's window is its event's own. */
    private void remember(long eventMicros, long latestStart, long earliestEnd) {
        boolean session = window.isSession();
        from = session ? eventMicros : latestStart;
        until = session ? eventMicros : Math.min(earliestEnd, nextStart(latestStart));
    }

    private long nextStart(long latestStart) {
        return window.asSliding()
                .map(it -> latestStart + it.slide().toNanos() / 1_000)
                .orElse(Long.MAX_VALUE);
    }

    public static void write(Span window, BlockWriter out) {
        out.writeLong(start(window));
        out.writeLong(Watermarks.endMicros(window));
    }

    public static Span read(BlockReader in) {
        return span(in.readLong(), in.readLong());
    }

    public static long start(Span window) {
        return window.equals(Span.ALL) ? Long.MIN_VALUE : Instants.micros(window.start());
    }

    public static Span span(long start, long end) {
        return end == Long.MAX_VALUE ? Span.ALL : new Span(Instants.ofMicros(start), Instants.ofMicros(end));
    }
}
