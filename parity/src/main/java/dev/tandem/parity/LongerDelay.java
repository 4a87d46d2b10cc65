package dev.tandem.parity;

import java.util.SortedMap;

/** How much longer a watermark delay would have kept late records; {@code missedBy} are records by seconds of delay. */
record LongerDelay(SortedMap<Long, Long> missedBy) {
    /** As in {@code a longer watermark delay: 12 s more keeps 5 of 9 records, 1 min 3 s more all}. */
    String hint(String general) {
        if (missedBy.isEmpty()) {
            return general;
        }
        long all = missedBy.values().stream().mapToLong(Long::longValue).sum();
        long last = missedBy.lastKey();
        long half = secondsFor((all + 1) / 2);
        return half == last
                ? "%s: %s more keeps %s"
                        .formatted(general, told(last), all == 1 ? "it" : "all %,d records".formatted(all))
                : "%s: %s more keeps %,d of %,d records, %s more all of them"
                        .formatted(general, told(half), kept(half), all, told(last));
    }

    private long secondsFor(long records) {
        long kept = 0;
        for (var entry : missedBy.entrySet()) {
            kept += entry.getValue();
            if (kept >= records) {
                return entry.getKey();
            }
        }
        return missedBy.lastKey();
    }

    private long kept(long seconds) {
        return missedBy.headMap(seconds + 1).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static String told(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
}
