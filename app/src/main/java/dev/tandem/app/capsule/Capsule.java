package dev.tandem.app.capsule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.fold.Watermarks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What makes one row differ between stream and batch, and nothing else: enough to count it again on another machine.
 *
 * @param about which row, and up to where both modes had counted
 * @param microBatches those that matter, in order
 * @param records those that decide the row, in landed order
 * @param expected the row's numbers and their causes
 */
public record Capsule(
        About about, Definition definition, List<Read> microBatches, List<Landed> records, JsonNode expected) {
    public Capsule {
        microBatches = List.copyOf(microBatches);
        records = List.copyOf(records);
    }

    /**
     * A row, named as a question to {@code explain}.
     *
     * @param row which of those that fit, counted from 1
     */
    public record Question(String view, Map<String, String> key, Optional<Instant> window, int row) {
        public Question {
            key = new TreeMap<>(key);
        }
    }

    /**
     * @param cut where the batch had counted to
     * @param masked the fields whose texts were replaced
     */
    public record About(String pipeline, Question asked, EndOffsets cut, List<String> masked) {
        public About {
            masked = List.copyOf(masked);
        }
    }

    /**
     * @param text the definition as it is written
     * @param profile the one that it was read with
     * @param dimensions the files of the dimensions' versions, by the names that they have in a state folder
     */
    public record Definition(String text, Optional<String> profile, SortedMap<String, byte[]> dimensions) {}

    /**
     * A micro-batch as the stream committed it.
     *
     * @param ranges the positions that it read, also those of records that do not matter
     * @param before the watermarks of the micro-batch before it, where that one is left out
     */
    public record Read(
            long number,
            Watermarks watermarks,
            Map<Integer, Range> ranges,
            long readMillis,
            Optional<Watermarks> before) {}

    /** The same with other expected numbers. */
    public Capsule expecting(JsonNode other) {
        return new Capsule(about, definition, microBatches, records, other);
    }
}
