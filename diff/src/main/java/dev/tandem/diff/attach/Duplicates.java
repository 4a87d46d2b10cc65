package dev.tandem.diff.attach;

import dev.tandem.model.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a job does with several records of one key.
 *
 * @param horizonMicros how long a key is remembered; 0 where the kind does not ask
 */
public record Duplicates(Kind kind, long horizonMicros) {
    private static final List<Duration> HORIZONS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(7));

    /** How. */
    public enum Kind {
        COUNTED("no dedup"),
        FIRST("the first copy counts"),
        /** A copy that was dropped as late is not remembered. */
        FIRST_IN_TIME("the first copy that is not late counts"),
        LAST("the last copy counts"),
        /** As {@code dropDuplicatesWithinWatermark} of Spark. */
        WITHIN_DELAY("the first copy counts, and its key is remembered as long as the watermark's delay"),
        /** As a timer in event time. */
        WITHIN_EVENT_TIME("the first copy counts, and its key is remembered in event time for "),
        /** As state with a time to live. */
        WITHIN_ARRIVAL("the first copy counts, and its key is remembered after its arrival for ");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    public static final Duplicates COUNTED = new Duplicates(Kind.COUNTED, 0);
    static final Duplicates FIRST = new Duplicates(Kind.FIRST, 0);
    static final Duplicates LAST = new Duplicates(Kind.LAST, 0);

    /**
     * The ways that are tried, the plainest first.
     *
     * @param own how long the definition remembers a key
     * @param kinds of remembering for a time
     */
    static List<Duplicates> candidates(Optional<Duration> own, List<Kind> kinds) {
        var all = new ArrayList<>(List.of(
                COUNTED, FIRST, LAST, new Duplicates(Kind.FIRST_IN_TIME, 0), new Duplicates(Kind.WITHIN_DELAY, 0)));
        var horizons = new ArrayList<>(HORIZONS);
        own.filter(it -> it.compareTo(Duration.ofDays(36_525)) < 0 && !HORIZONS.contains(it))
                .ifPresent(horizons::add);
        for (var kind : kinds) {
            horizons.forEach(horizon -> all.add(new Duplicates(kind, horizon.toNanos() / 1_000)));
        }
        return all;
    }

    /** Whether it makes a difference only together with records that are dropped. */
    boolean needsWatermark() {
        return kind == Kind.FIRST_IN_TIME || kind == Kind.WITHIN_DELAY || kind == Kind.WITHIN_EVENT_TIME;
    }

    /** As in "the first copy counts". */
    public String words() {
        return horizonMicros == 0 ? kind.words : kind.words + horizon(horizonMicros);
    }

    private static String horizon(long micros) {
        return Durations.told(Duration.ofNanos(Math.multiplyExact(micros, 1_000L)));
    }

    /** Several of them in words, each kind once. */
    static List<String> words(List<Duplicates> several) {
        var words = new ArrayList<String>();
        for (var kind : Kind.values()) {
            var horizons = several.stream()
                    .filter(it -> it.kind() == kind)
                    .mapToLong(Duplicates::horizonMicros)
                    .summaryStatistics();
            if (horizons.getCount() > 0) {
                words.add(
                        horizons.getMin() == horizons.getMax()
                                ? new Duplicates(kind, horizons.getMin()).words()
                                : "%s%s to %s"
                                        .formatted(kind.words, horizon(horizons.getMin()), horizon(horizons.getMax())));
            }
        }
        return words;
    }
}
