package dev.tandem.fold.recount;

import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When the records of each window came, and how late the late ones were: what shows how a stream's numbers come closer to the
 * batch's with time. Of grouped views whose windows end and are known beforehand, so not of sessions and not of running totals.
 */
public final class Arrivals implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long SECOND = 1_000_000;

    /** A window of a view, by the view's number. */
    public record Window(int view, Span span) implements Serializable {}

    /**
     * The records of one window.
     *
     * @param batch how many the batch counts
     * @param stream how many the stream counted, by micro-batch
     */
    public record Coming(long batch, SortedMap<Long, Long> stream) {}

    private static final class Tally implements Serializable {
        private static final long serialVersionUID = 1L;
        private long batch;
        private final TreeMap<Long, Long> stream = new TreeMap<>();
    }

    private final Map<Window, Tally> windows = new HashMap<>();
    private final TreeMap<Long, Long> missedBy = new TreeMap<>();

    /** A record's part in a window: which modes count it. */
    void note(Window window, long microBatch, boolean batch, boolean stream) {
        if (window.span().equals(Span.ALL) || (!batch && !stream)) {
            return;
        }
        var tally = windows.computeIfAbsent(window, it -> new Tally());
        tally.batch += batch ? 1 : 0;
        if (stream) {
            tally.stream.merge(microBatch, 1L, Long::sum);
        }
    }

    /** A record that a window refused which had closed {@code micros} before: so much longer a delay would have kept it. */
    void missed(long micros) {
        missedBy.merge(Math.floorDiv(micros, SECOND) + 1, 1L, Long::sum);
    }

    void merge(Arrivals other) {
        other.windows.forEach((window, its) -> {
            var tally = windows.computeIfAbsent(window, it -> new Tally());
            tally.batch += its.batch;
            its.stream.forEach((microBatch, records) -> tally.stream.merge(microBatch, records, Long::sum));
        });
        other.missedBy.forEach((seconds, records) -> missedBy.merge(seconds, records, Long::sum));
    }

    public Map<Window, Coming> windows() {
        var all = new HashMap<Window, Coming>();
        windows.forEach((window, tally) -> all.put(window, new Coming(tally.batch, new TreeMap<>(tally.stream))));
        return all;
    }

    /** Late records by how many whole seconds more of watermark delay would have kept them in all their windows. */
    public SortedMap<Long, Long> missedBy() {
        return new TreeMap<>(missedBy);
    }
}
