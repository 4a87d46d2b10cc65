package dev.tandem.engine.stream;

import dev.tandem.engine.source.StreamSource;
import dev.tandem.engine.source.Upstream;
import dev.tandem.fold.StreamLedger.Range;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the log is committed, by partition. Spark's micro-batches begin and end by it: never before what is committed, whatever the
 * checkpoint says.
 */
final class CommittedPositions implements Upstream.Positions {
    private final StreamSource source;
    private final Map<Integer, Long> positions;
    private volatile boolean caughtUp;

    CommittedPositions(StreamSource source, Map<Integer, Long> positions) {
        this.source = source;
        this.positions = new TreeMap<>(positions);
    }

    @Override
    public String log() {
        return source.name();
    }

    @Override
    public Map<Integer, Long> begin() {
        return source.begin(positions);
    }

    @Override
    public Map<Integer, Long> end(Map<Integer, Long> from) {
        var start = new TreeMap<>(from);
        positions.forEach((partition, position) -> start.merge(partition, position, Math::max));
        var end = source.end(start);
        caughtUp |= end.equals(start);
        return end;
    }

    /** Whether the source has once had nothing that waits to be read. */
    boolean caughtUp() {
        return caughtUp;
    }

    /** Lets the source go on from here. */
    void resume() {
        positions.putAll(source.resume(Map.copyOf(positions)));
    }

    /** Tells the source what is committed, which it need not keep. */
    void acknowledge() {
        source.committed(Map.copyOf(positions));
    }

    /** Each partition's part of a micro-batch that ends at {@code until}: it begins where the ledger ends, without a gap. */
    Map<Integer, Range> ranges(Map<Integer, Long> until) {
        var from = positions.keySet().containsAll(until.keySet()) ? positions : source.begin(positions);
        var ranges = new TreeMap<Integer, Range>();
        until.forEach((partition, end) -> {
            long start = from.getOrDefault(partition, 0L);
            if (end > start) {
                ranges.put(partition, new Range(start, end));
            }
        });
        return ranges;
    }

    /** Notes that {@code ranges} are committed. */
    void committed(Map<Integer, Range> ranges) {
        ranges.forEach((partition, range) -> positions.put(partition, range.until()));
        source.committed(Map.copyOf(positions));
    }

    /**
     * Whether every record before {@code end} is committed. The source is asked about partitions of which nothing is committed:
     * retention may have deleted all that they had.
     */
    boolean reached(Map<Integer, Long> end) {
        var left = new TreeMap<Integer, Long>();
        end.forEach((partition, until) -> {
            if (positions.getOrDefault(partition, 0L) < until) {
                left.put(partition, until);
            }
        });
        if (left.isEmpty() || left.keySet().stream().anyMatch(positions::containsKey)) {
            return left.isEmpty();
        }
        var begin = source.begin(positions);
        return left.entrySet().stream().allMatch(it -> begin.getOrDefault(it.getKey(), 0L) >= it.getValue());
    }
}
