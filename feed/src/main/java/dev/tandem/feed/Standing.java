package dev.tandem.feed;

import java.util.Map;

/**
 * Told, record by record and in sending order, where a feed stands in its topic. Equal feeds tell the same whatever their pace, so whoever
 * cuts a topic there cuts it in the same places each time.
 */
@FunctionalInterface
public interface Standing {
    /** Does not want to know. */
    Standing UNHEARD = (records, ends) -> {};

    /**
     * The first {@code records} of the feed are settled.
     *
     * @param ends the position after the last of them, by partition; partitions that got none are absent. Changes with the next call
     */
    void after(long records, Map<Integer, Long> ends);
}
