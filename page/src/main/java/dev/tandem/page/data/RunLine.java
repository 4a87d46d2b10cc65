package dev.tandem.page.data;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One execution; {@code mode} is stream or batch, {@code metrics} what it measured, in words, in the order to be shown. */
public record RunLine(
        String id,
        String mode,
        String outcome,
        Instant started,
        Optional<Instant> finished,
        long records,
        String definition,
        Map<String, String> metrics) {}
