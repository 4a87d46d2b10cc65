package dev.tandem.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Feeds for tests: a hundred tweets a second from nine o'clock on. */
final class Made {

    static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

    private Made() {}

    static Generation generation(long seed, long events, FaultPlan faults) {
        return new Generation("tweets", seed, NINE, Duration.ofMillis(10), OptionalLong.of(events), faults);
    }

    static Feed feed(long events, FaultPlan faults) {
        return Generators.feed(generation(42, events, faults));
    }

    static List<FeedRecord> records(Feed feed) {
        try (var records = feed.records()) {
            return records.toList();
        }
    }

    static String text(FeedRecord sent) {
        return new String(sent.value(), StandardCharsets.UTF_8);
    }
}
