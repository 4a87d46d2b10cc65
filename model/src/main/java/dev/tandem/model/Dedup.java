package dev.tandem.model;

import java.time.Duration;
import java.util.List;

/** Keeps the first record of each key; the stream remembers a key until the watermark is {@code within} past its event time. */
public record Dedup(List<String> by, Duration within) {
    public Dedup {
        by = List.copyOf(by);
    }
}
