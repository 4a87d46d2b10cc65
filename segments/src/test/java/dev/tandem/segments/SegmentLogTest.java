package dev.tandem.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.NamedFile;
import dev.tandem.segments.SegmentLog.Depth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SegmentLogTest extends SegmentLogContract {
    @Nested
    class AFileOfTheLog {
        private SegmentLog log = new SegmentLog(SegmentPlace.local(Path.of(".")), Map.of());

        @BeforeEach
        void land() {
            log = landed(Given.few());
        }

        private Path path(long number, NamedFile.Kind kind) {
            return files().getOrDefault(number, List.of()).stream()
                    .filter(it -> it.kind() == kind)
                    .findFirst()
                    .map(it -> folder().resolve(it.name()))
                    .orElseThrow();
        }

        @Test
        void isNamedWhenItIsMissing() throws IOException {
            var segment = path(3, NamedFile.Kind.SEGMENT);
            Files.delete(segment);

            assertThat(log.faults(4, Depth.SIZES))
                    .extracting(it -> folder().resolve(it.file().name()))
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
                assertThat(folder().resolve(fault.file().name())).isEqualTo(segment);
                assertThat(fault.told()).contains("another checksum");
            });
        }

        @Test
        void isWithoutFaultAsItWasWritten() {
            assertThat(log.faults(Long.MAX_VALUE, Depth.CHECKSUMS)).isEmpty();
            assertThat(files().values().stream().mapToInt(List::size).sum()).isEqualTo(5 + 3);
        }
    }

    @Test
    void refusesACutBeforeItsFiles() {
        var log = landed(Given.few());
        var early = new EndOffsets(0, Map.of(0, 9L));

        assertThatThrownBy(() -> log.slices(early, 1)).hasMessageContaining("position 9");
    }
}
