package dev.tandem.feed;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Moments as foreign files write them; without a zone they are taken for UTC. */
final class WrittenTime {

    private WrittenTime() {}

    /** ISO 8601 with or without an offset, with a T or a blank before the hour; empty for anything else. */
    static Optional<Instant> read(String text) {
        var iso = text.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException withoutOffset) {
            return local(iso);
        }
    }

    private static Optional<Instant> local(String iso) {
        try {
            return Optional.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
