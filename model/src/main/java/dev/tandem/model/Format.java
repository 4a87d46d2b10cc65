package dev.tandem.model;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a record is written down.
 *
 * @param header whether the first line of a CSV file names its columns; without one they stand in the schema's order
 * @param zone of times that name none; empty refuses such a time
 * @param timestamp a pattern of {@link java.time.format.DateTimeFormatter} for times that are not ISO 8601
 */
public record Format(Kind kind, boolean header, char delimiter, Optional<ZoneId> zone, Optional<String> timestamp)
        implements Serializable {
    public enum Kind {
        /** One JSON object. */
        JSON,
        /** Cells as RFC 4180 has them; an empty cell has no value. */
        CSV
    }

    public static final Format JSON = new Format(Kind.JSON, false, ',', Optional.empty(), Optional.empty());
    public static final Format CSV = new Format(Kind.CSV, true, ',', Optional.empty(), Optional.empty());

    /** What travels: an {@link Optional} does not. */
    private record Shipped(
            Kind kind,
            boolean header,
            char delimiter,
            @Nullable ZoneId zone,
            @Nullable String timestamp) implements Serializable {
        private Object readResolve() {
            return new Format(kind, header, delimiter, Optional.ofNullable(zone), Optional.ofNullable(timestamp));
        }
    }

    private Object writeReplace() {
        return new Shipped(kind, header, delimiter, zone.orElse(null), timestamp.orElse(null));
    }
}
