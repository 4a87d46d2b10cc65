package dev.tandem.model;

import java.time.Duration;
import java.util.Optional;

/**
 * When no more events are expected: {@code delay} behind the highest event time seen. {@code maxFuture} is how far an event may
 * run ahead of its arrival before it is quarantined (such an event would move the watermark and lose everything behind it);
 * {@code idleClose} closes windows when the source has been silent that long.
 */
public record Watermark(Duration delay, Duration maxFuture, Optional<Duration> idleClose) {}
