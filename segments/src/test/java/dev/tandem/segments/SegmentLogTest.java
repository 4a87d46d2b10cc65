package dev.tandem.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.NamedFile;
import dev.tandem.segments.SegmentLog.Depth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentLogTest extends LandedLogContract {
    private static final int MOST_IN_A_SEGMENT = 7_000;

    @TempDir
    private Path folder;

    private final TreeMap<Long, List<NamedFile>> files = new TreeMap<>();

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

    @Nested
    class AFileOfTheLog {
        private SegmentLog log = new SegmentLog(SegmentPlace.local(Path.of(".")), Map.of());

        @BeforeEach
        void land() {
            log = landed(Given.few());
        }

        private Path path(long number, NamedFile.Kind kind) {
            return files.getOrDefault(number, List.of()).stream()
                    .filter(it -> it.kind() == kind)
                    .findFirst()
                    .map(it -> folder.resolve(it.name()))
                    .orElseThrow();
        }

        @Test
        void isNamedWhenItIsMissing() throws IOException {
            var segment = path(3, NamedFile.Kind.SEGMENT);
            Files.delete(segment);

            assertThat(log.faults(4, Depth.SIZES))
                    .extracting(it -> folder.resolve(it.file().name()))
                    .containsExactly(segment);
            assertThat(log.faults(2, Depth.SIZES)).isEmpty();
            assertThatThrownBy(() -> read(log, new Slice(0, 4)))
                    .isInstanceOf(SegmentException.class)
                    .hasMessageContaining(segment.getFileName().toString())
                    .hasMessageContaining("put the file back");
        }

        @Test
        void isNamedWhenItHoldsFatesToo() throws IOException {
            var fates = path(1, NamedFile.Kind.FATES);
            Files.delete(fates);

            assertThatThrownBy(() -> read(log, new Slice(1, 1)))
                    .hasMessageContaining(fates.getFileName().toString());
        }

        @Test
        void isNamedWhenItIsTorn() throws IOException {
            var segment = path(4, NamedFile.Kind.SEGMENT);
            var content = Files.readAllBytes(segment);
            Files.write(segment, Arrays.copyOf(content, content.length / 2));

            assertThatThrownBy(() -> log.require(4, Depth.SIZES))
                    .isInstanceOf(SegmentException.class)
                    .hasMessageContaining(segment.getFileName().toString())
                    .hasMessageContaining("the ledger says");
        }

        @Test
        void isNamedWhenABitOfItIsAnother() throws IOException {
            var segment = path(4, NamedFile.Kind.SEGMENT);
            var content = Files.readAllBytes(segment);
            content[content.length / 2] ^= 1;
            Files.write(segment, content);

            assertThat(log.faults(4, Depth.SIZES)).isEmpty();
            assertThat(log.faults(4, Depth.CHECKSUMS)).singleElement().satisfies(fault -> {
                assertThat(folder.resolve(fault.file().name())).isEqualTo(segment);
                assertThat(fault.told()).contains("another checksum");
            });
        }

        @Test
        void isWithoutFaultAsItWasWritten() {
            assertThat(log.faults(Long.MAX_VALUE, Depth.CHECKSUMS)).isEmpty();
            assertThat(files.values().stream().mapToInt(List::size).sum()).isEqualTo(5 + 3);
        }
    }

    @Test
    void refusesACutBeforeItsFiles() {
        var log = landed(Given.few());
        var early = new Cut(0, Map.of(0, 9L));

        assertThatThrownBy(() -> log.slices(early, 1)).hasMessageContaining("position 9");
    }
}
