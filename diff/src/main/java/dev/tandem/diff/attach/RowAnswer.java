package dev.tandem.diff.attach;

import dev.tandem.fold.Coordinates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row in which a table is not what the log gives.
 *
 * @param start of its window, as the definition names it; empty for a view over everything
 * @param key the key columns and their values, as text
 */
public record RowAnswer(
        Optional<Instant> start,
        Optional<Instant> end,
        Map<String, String> key,
        Optional<SideRow> stream,
        Optional<SideRow> batch) {
    /** One table's part of it: the numbers, and the records behind each cause. */
    public record SideRow(List<Bridge> measures, List<CauseRecords> causes) {
        public SideRow {
            measures = List.copyOf(measures);
            causes = List.copyOf(causes);
        }
    }

    /** The first records of a cause, and how many there are. */
    public record CauseRecords(Bridge.Cause cause, long records, List<RecordLine> first) {
        public CauseRecords {
            first = List.copyOf(first);
        }
    }

    /**
     * A record.
     *
     * @param place the file and the record in it, for a log of files
     * @param arrived empty for a log of files
     * @param watermark that judged it in the job, as inferred; empty where none did
     * @param counted whether the job counts it
     * @param copyOf where the copy is that the definition counts in its place
     * @param arguments what it gives to each measure, as text
     */
    public record RecordLine(
            Coordinates at,
            Optional<String> place,
            Instant event,
            Optional<Instant> arrived,
            Optional<Instant> watermark,
            boolean counted,
            Optional<String> copyOf,
            Map<String, String> arguments) {}
}
