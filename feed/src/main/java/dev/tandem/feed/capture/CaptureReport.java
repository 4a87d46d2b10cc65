package dev.tandem.feed.capture;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a capture has seen: {@code received = kept + duplicates + refused + unreadable + ignored}, error frames among the ignored.
 *
 * @param ignored frames by their type that are no ticker of a wanted product
 * @param refused tickers by the first required field that was missing
 * @param missing per product the trades that were not captured, so far as ids and heartbeats tell
 * @param jumps where the ids of a product went on after a gap, in the order of their noticing; a gap that was filled later stays listed here
 * @param sequenceFalls new trades whose sequence was not above the one before
 * @param interruptions times without a connection
 */
public record CaptureReport(
        long received,
        long kept,
        long duplicates,
        long unreadable,
        Map<String, Long> ignored,
        Map<String, Long> refused,
        Map<String, List<MissingTrades>> missing,
        List<Jump> jumps,
        long sequenceFalls,
        List<String> errors,
        List<Interruption> interruptions) {

    public CaptureReport {
        ignored = Map.copyOf(ignored);
        refused = Map.copyOf(refused);
        missing = Map.copyOf(missing);
        jumps = List.copyOf(jumps);
        errors = List.copyOf(errors);
        interruptions = List.copyOf(interruptions);
    }

    /** A gap at the moment it was noticed. The sequence counts a product's other messages too, so it always jumps with the trades. */
    public record Jump(
            String product, MissingTrades missing, long sequenceBefore, long sequenceAfter, Instant noticed) {}

    /**
     * A time without a connection.
     *
     * @param failures attempts to connect that failed meanwhile
     * @param back empty where there is still none
     */
    public record Interruption(Instant lost, String why, int failures, Optional<Instant> back) {}

    public long missingTrades() {
        return missing.values().stream()
                .flatMap(List::stream)
                .mapToLong(MissingTrades::count)
                .sum();
    }

    /** One line for a person. */
    public String told() {
        return "%d frames: %d kept, %d duplicates, %d refused, %d unreadable, %d ignored; %d trades missing, %d interruptions"
                .formatted(
                        received,
                        kept,
                        duplicates,
                        sum(refused),
                        unreadable,
                        sum(ignored),
                        missingTrades(),
                        interruptions.size());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(count -> count).sum();
    }
}
