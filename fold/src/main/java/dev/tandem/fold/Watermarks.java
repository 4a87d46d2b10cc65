package dev.tandem.fold;

import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.io.Serializable;

/**
 * The two watermarks of a micro-batch b, as Spark 4 keeps them (measured; SPARK-40925). With E(b) the highest event time of all
 * micro-batches before b less the delay, a window is refused as late in b when it ends at or before {@code late} = E(b-1), and
 * it closes in the first b where it ends at or before {@code close} = E(b). Microseconds since 1970;
 * {@link Long#MIN_VALUE} before the first event.
 */
public record Watermarks(long late, long close) implements Serializable {
    public static final Watermarks NONE = new Watermarks(Long.MIN_VALUE, Long.MIN_VALUE);

    /** The next micro-batch's, when the highest event time less the delay has become {@code reached}. It never goes back. */
    public Watermarks next(long reached) {
        return new Watermarks(close, Math.max(close, reached));
    }

    /** Where a window ends; the window over everything never does. */
    public static long endMicros(Span window) {
        return window.equals(Span.ALL) ? Long.MAX_VALUE : Instants.micros(window.end());
    }

    public boolean refuses(Span window) {
        return endMicros(window) <= late;
    }

    public boolean closes(Span window) {
        return endMicros(window) <= close;
    }
}
