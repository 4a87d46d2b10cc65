package dev.tandem.fold;

import dev.tandem.fold.Made.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages and likes per window and tag, worked out the slow and obvious way. When stream and batch agree with each other but
 * not with this, both carry the same mistake. Times are microseconds.
 */
public record SlowModel(long size, long slide) {
    /** How many messages a row counts, and their likes. */
    record Sum(long messages, long likes) {
        Sum plus(Sum other) {
            return new Sum(messages + other.messages, likes + other.likes);
        }
    }

    static SlowModel of(Duration size, Duration slide) {
        return new SlowModel(size.toNanos() / 1_000, slide.toNanos() / 1_000);
    }

    /** By "start tag". */
    Map<String, Sum> batch(List<Message> messages) {
        return stream(List.of(messages), 0);
    }

    /**
     * Leaves out what a stream refuses. With E(b) the highest event time of all micro-batches before b less the delay, a window
     * that ends at or before E(b-1) takes nothing in b.
     */
    Map<String, Sum> stream(List<List<Message>> microBatches, long delay) {
        var sums = new TreeMap<String, Sum>();
        var seen = new HashSet<String>();
        long highest = Long.MIN_VALUE / 2;
        long refusedUntil = Long.MIN_VALUE;
        for (var microBatch : microBatches) {
            long closed = highest - delay;
            for (var message : microBatch) {
                if (message.sound()) {
                    highest = Math.max(highest, message.at());
                }
                if (message.sound() && message.kept() && seen.add(message.id())) {
                    count(message, refusedUntil, sums);
                }
            }
            refusedUntil = closed;
        }
        return sums;
    }

    private void count(Message message, long refusedUntil, Map<String, Sum> sums) {
        for (long start = Made.NOON - 10 * size; start <= message.at(); start += slide) {
            if (message.at() < start + size && start + size > refusedUntil) {
                for (var tag : message.tags()) {
                    sums.merge(row(start, tag), new Sum(1, message.likes()), Sum::plus);
                }
            }
        }
    }

    static String row(long start, @Nullable String tag) {
        return start + " " + (tag == null ? "no tag" : "'" + tag + "'");
    }
}
