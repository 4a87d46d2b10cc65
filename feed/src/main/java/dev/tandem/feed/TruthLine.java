package dev.tandem.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is true about one sent record, by the one who made it. Fields as in {@link FeedRecord}; times to the millisecond. */
public record TruthLine(
        long number,
        long event,
        Fault fault,
        Optional<String> id,
        Optional<Instant> eventTime,
        Optional<Duration> delay,
        Delivery delivery) {}
