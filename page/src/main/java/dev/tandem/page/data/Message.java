package dev.tandem.page.data;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A message of a topic; value and headers as text, truncated where they are long. */
public record Message(
        int partition,
        long offset,
        Instant at,
        Optional<String> key,
        Optional<String> value,
        Map<String, String> headers,
        int bytes) {}
