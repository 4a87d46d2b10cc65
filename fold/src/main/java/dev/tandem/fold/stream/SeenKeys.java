package dev.tandem.fold.stream;

import dev.tandem.fold.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The dedup keys that a stream remembers, each until the watermark is the horizon past its event time, with what is remembered of
 * the record. Keys are kept by the second in which they may be forgotten, so forgetting costs nothing for those that stay.
 */
public final class SeenKeys<V> {
    private static final long SECOND = 1_000_000L;

    private final long horizonMicros;
    private final Map<Identity, V> remembered = new HashMap<>();
    private final TreeMap<Long, List<Identity>> bySecond = new TreeMap<>();
    private final Map<Identity, Long> prolonged = new HashMap<>();

    SeenKeys(long horizonMicros) {
        this.horizonMicros = horizonMicros;
    }

    /** What is remembered of the key; if nothing, {@code value} is from now on. */
    @Nullable
    V firstOf(Identity identity, long eventMicros, V value) {
        var before = remembered.putIfAbsent(identity, value);
        if (before == null) {
            forgetIn(forgottenIn(eventMicros, horizonMicros), identity);
        }
        return before;
    }

    /**
     * Puts {@code value} in the place of what is remembered of the key, until the later of the times at which event times
     * {@code earlierMicros} (as it was) and {@code laterMicros} are forgotten.
     */
    void replace(Identity identity, long earlierMicros, long laterMicros, V value) {
        remembered.put(identity, value);
        long second = forgottenIn(laterMicros, horizonMicros);
        if (horizonMicros != Long.MAX_VALUE && second > forgottenIn(earlierMicros, horizonMicros)) {
            prolonged.put(identity, second);
            forgetIn(second, identity);
        }
    }

    /** Forgets every key whose event time is more than the horizon before {@code watermark}. */
    void forgetBefore(long watermark) {
        var forgotten = bySecond.headMap(Math.floorDiv(watermark, SECOND), false);
        forgotten.forEach((second, keys) -> keys.forEach(key -> forget(key, second)));
        forgotten.clear();
    }

    private void forget(Identity key, long second) {
        if (prolonged.isEmpty() || prolonged.getOrDefault(key, second) <= second) {
            remembered.remove(key);
            prolonged.remove(key);
        }
    }

    private void forgetIn(long second, Identity identity) {
        if (horizonMicros != Long.MAX_VALUE) {
            bySecond.computeIfAbsent(second, key -> new ArrayList<>()).add(identity);
        }
    }

    int size() {
        return remembered.size();
    }

    /** What is remembered of each key. */
    Map<Identity, V> remembered() {
        return remembered;
    }

    /** Remembers {@code value}, as after a {@link #replace}, until its latest event time is forgotten. */
    void restore(Identity identity, long laterMicros, V value) {
        remembered.put(identity, value);
        forgetIn(forgottenIn(laterMicros, horizonMicros), identity);
    }

    /** Whether a key of event time {@code eventMicros} has been forgotten when the watermark is {@code watermark}. */
    public static boolean isForgotten(long eventMicros, long horizonMicros, long watermark) {
        return horizonMicros != Long.MAX_VALUE
                && forgottenIn(eventMicros, horizonMicros) < Math.floorDiv(watermark, SECOND);
    }

    /** The last second in which the key of an event is remembered. */
    static long forgottenIn(long eventMicros, long horizonMicros) {
        return Math.floorDiv(eventMicros, SECOND) + Math.floorDiv(horizonMicros, SECOND) + 1;
    }
}
