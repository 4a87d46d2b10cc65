package dev.tandem.model;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a record is written down.
 *
 * @param header whether the first line of a CSV file names its columns; without one they stand in the schema's order
 * @param zone of times that name none; empty refuses such a time
 * @param timestamp a pattern of {@link java.time.format.DateTimeFormatter} for times that are not ISO 8601
 * @param inFile how records are written one after the other into a file
 * @param writers the schemas that Avro records were written by
 * @param provided what reads the records, where an extension does
 */
public record Format(
        Kind kind,
        boolean header,
        char delimiter,
        Optional<ZoneId> zone,
        Optional<String> timestamp,
        InFile inFile,
        WriterSchemas writers,
        Optional<ProvidedFormat> provided)
        implements Serializable {
    public enum Kind {
        /** One JSON object. */
        JSON,
        /** Cells as RFC 4180 has them; an empty cell has no value. */
        CSV,
        /** Avro's binary form behind the id of the writer's schema, as clients of a schema registry write it; of topics only. */
        AVRO,
        /** What an extension reads; in a file each record is a line. */
        PROVIDED
    }

    /** How the JSON objects of a file are told apart. */
    public enum Layout {
        /** Each has a line of its own. */
        LINES,
        /** They are the elements of a list, or stand one after the other, over as many lines as they like. */
        VALUES
    }

    /**
     * How records are written one after the other into a file.
     *
     * @param encoding a charset that the JDK knows; what is read from the file is UTF-8 from then on
     */
    public record InFile(String encoding, Layout layout) implements Serializable {
        /** Lines of UTF-8. */
        public static final InFile USUAL = new InFile("UTF-8", Layout.LINES);
    }

    public static final Format JSON = new Format(Kind.JSON, false, ',', Optional.empty(), Optional.empty());
    public static final Format CSV = new Format(Kind.CSV, true, ',', Optional.empty(), Optional.empty());
    /** Before it is known who has the writers' schemas; see {@link #writtenBy}. */
    public static final Format AVRO = new Format(Kind.AVRO, false, ',', Optional.empty(), Optional.empty());

    /** Of lines of UTF-8. */
    public Format(Kind kind, boolean header, char delimiter, Optional<ZoneId> zone, Optional<String> timestamp) {
        this(kind, header, delimiter, zone, timestamp, InFile.USUAL);
    }

    /** Of texts, which have no writer's schema. */
    public Format(
            Kind kind,
            boolean header,
            char delimiter,
            Optional<ZoneId> zone,
            Optional<String> timestamp,
            InFile inFile) {
        this(kind, header, delimiter, zone, timestamp, inFile, new NoWriters(), Optional.empty());
    }

    /** Of records that an extension reads. */
    public static Format of(ProvidedFormat provided) {
        return new Format(
                Kind.PROVIDED,
                false,
                ',',
                Optional.empty(),
                Optional.empty(),
                InFile.USUAL,
                new NoWriters(),
                Optional.of(provided));
    }

    /** The same for records whose writers' schemas {@code known} has. */
    public Format writtenBy(WriterSchemas known) {
        return new Format(kind, header, delimiter, zone, timestamp, inFile, known, provided);
    }

    /** Whether somebody is named who has the writers' schemas. */
    public boolean knowsWriters() {
        return !writers.equals(new NoWriters());
    }

    private record NoWriters() implements WriterSchemas {
        @Override
        public Optional<List<String>> texts(int id) {
            throw new IllegalStateException("Cannot read Avro records: nobody was named who has their schemas");
        }
    }

    /** The same with a header above the records of a file. */
    public Format withHeader() {
        return new Format(kind, true, delimiter, zone, timestamp, inFile, writers, provided);
    }

    /** What travels: an {@link Optional} does not. */
    private record Shipped(
            Kind kind,
            boolean header,
            char delimiter,
            @Nullable ZoneId zone,
            @Nullable String timestamp,
            InFile inFile,
            WriterSchemas writers,
            @Nullable ProvidedFormat provided)
            implements Serializable {
        private Object readResolve() {
            return new Format(
                    kind,
                    header,
                    delimiter,
                    Optional.ofNullable(zone),
                    Optional.ofNullable(timestamp),
                    inFile,
                    writers,
                    Optional.ofNullable(provided));
        }
    }

    private Object writeReplace() {
        return new Shipped(
                kind,
                header,
                delimiter,
                zone.orElse(null),
                timestamp.orElse(null),
                inFile,
                writers,
                provided.orElse(null));
    }
}
