package dev.tandem.segments;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.NamedFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/** Lands records in segments, several for each micro-batch. */
abstract class SegmentLogContract extends LandedLogContract {
    private static final int MOST_IN_A_SEGMENT = 7_000;

    @TempDir
    private Path folder;

    private final TreeMap<Long, List<NamedFile>> files = new TreeMap<>();

    Path folder() {
        return folder;
    }

    /** As the ledger names them. */
    NavigableMap<Long, List<NamedFile>> files() {
        return files;
    }

    @Override
    SegmentLog landed(List<Given> records) {
        Given.byMicroBatch(records).forEach((number, those) -> files.put(number, write(number, those)));
        return new SegmentLog(SegmentPlace.local(folder), files);
    }

    /** In another order than that of the log: tasks end as they like. */
    private List<NamedFile> write(long number, List<Given> records) {
        var written = new ArrayList<NamedFile>();
        Given.byPartition(records).forEach((partition, those) -> {
            for (int first = 0; first < those.size(); first += MOST_IN_A_SEGMENT) {
                written.add(segment(number, those.subList(first, Math.min(first + MOST_IN_A_SEGMENT, those.size()))));
            }
        });
        for (int part = 0; part < 2; part++) {
            fates(number, part, records, written);
        }
        Collections.reverse(written);
        return written;
    }

    private NamedFile segment(long number, List<Given> records) {
        var first = records.get(0).at();
        var last = records.get(records.size() - 1).at();
        var range = new SourceRange(first.partition(), first.position(), last.position() + 1);
        var attempt = new Attempt("orders", number, "run1", 0);
        try (var writer = new SegmentWriter(SegmentPlace.local(folder), attempt, range)) {
            for (var record : records) {
                var raw = record.bytes();
                boolean refused = record.as() == Landed.As.QUARANTINED;
                writer.append(
                        record.at().partition(),
                        record.at().position(),
                        record.arrivedMillis(),
                        refused ? SegmentWriter.QUARANTINED : SegmentWriter.PASSED,
                        refused ? "broken" : null,
                        refused ? "no object" : null,
                        raw,
                        0,
                        raw.length);
            }
            return writer.finish().orElseThrow();
        }
    }

    /** Every record that is not a duplicate is late for some window, which does not change how it landed. */
    private void fates(long number, int part, List<Given> records, List<NamedFile> written) {
        var attempt = new Attempt("orders", number, "run1", 0);
        try (var writer = new FateWriter(SegmentPlace.local(folder), attempt, part)) {
            for (var record : records) {
                Coordinates at = record.at();
                if (at.position() % 2 != part || record.as() == Landed.As.QUARANTINED) {
                    continue;
                }
                if (record.as() == Landed.As.DUPLICATE) {
                    writer.duplicate(at.partition(), at.position(), Given.FIRST.partition(), Given.FIRST.position());
                } else {
                    writer.late(at.partition(), at.position(), 0, 0, 1, false);
                }
            }
            writer.finish().ifPresent(written::add);
        }
    }
}
