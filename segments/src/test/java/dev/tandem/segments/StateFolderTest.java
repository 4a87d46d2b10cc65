package dev.tandem.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.block.BlockWriter;
import dev.tandem.segments.StateFolder.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    private static final String PARTITION = "keys-0";

    @TempDir
    private Path base;

    private StateFolder folder;

    @BeforeEach
    void open() {
        folder = new StateFolder(SegmentPlace.local(base), "orders");
    }

    private void write(long number, List<Long> items) {
        try (var writer = folder.writer(number, PARTITION)) {
            writer.items(items.iterator(), BlockWriter::writeLong);
            writer.finish();
        }
    }

    private List<Long> read(long number) throws IOException {
        var items = new ArrayList<Long>();
        try (var reader = folder.reader(number, PARTITION)) {
            reader.items(in -> items.add(in.readLong()));
        }
        return items;
    }

    private void complete(long number) {
        folder.complete(new Saved("layout", number, "mark " + number), new BlockWriter());
    }

    private Path file(long number) {
        return base.resolve("orders").resolve(String.valueOf(number)).resolve(PARTITION + ".state");
    }

    @Nested
    class AFile {
        @Test
        void givesTheItemsOfAllChunks() throws IOException {
            // 8 bytes each: more than two chunks.
            var items = LongStream.range(0, 300_000).boxed().toList();
            write(1, items);
            assertThat(read(1)).isEqualTo(items);
        }

        @Test
        void mayBeEmpty() throws IOException {
            write(1, List.of());
            assertThat(read(1)).isEmpty();
        }

        @Test
        void isRefusedWithAnyByteChanged() throws IOException {
            write(1, List.of(1L, 2L, 3L));
            byte[] whole = Files.readAllBytes(file(1));
            for (int at = 0; at < whole.length; at++) {
                byte[] changed = whole.clone();
                changed[at] ^= 1;
                Files.write(file(1), changed);
                assertThatThrownBy(() -> read(1)).as("byte %d", at).isInstanceOf(IOException.class);
            }
        }

        @Test
        void isRefusedWhenCutAnywhere() throws IOException {
            write(1, List.of(1L, 2L, 3L));
            byte[] whole = Files.readAllBytes(file(1));
            for (int length = 0; length < whole.length; length++) {
                Files.write(file(1), Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> read(1)).as("%d bytes", length).isInstanceOf(IOException.class);
            }
        }

        @Test
        void isGoneWhenItWasNotFinished() {
            folder.writer(1, PARTITION).close();
            assertThat(file(1)).doesNotExist();
        }
    }

    @Nested
    class AState {
        @Test
        void isFoundWhenComplete() {
            write(1, List.of());
            write(2, List.of());
            write(3, List.of());
            complete(1);
            complete(2);
            assertThat(folder.saved(it -> true)).extracting(Saved::number).containsExactly(2L, 1L);
            assertThat(folder.saved(it -> it.mark().equals("mark 1")))
                    .extracting(Saved::number)
                    .containsExactly(1L);
        }

        @Test
        void staysAloneWhenTheOthersAreDeleted() {
            complete(1);
            complete(12);
            folder.keepOnly(12);
            assertThat(folder.saved(it -> true)).extracting(Saved::number).containsExactly(12L);
            assertThat(base.resolve("orders/1")).doesNotExist();
        }

        @Test
        void givesBackWhatItWasCompletedWith() throws IOException {
            var rest = new BlockWriter();
            rest.writeText("waiting");
            folder.complete(new Saved("layout", 1, "mark"), rest);
            assertThat(folder.rest(1)).isEqualTo(rest.toByteArray());
        }
    }

    @Test
    void aFolderThatIsNotThereHasNoState() {
        assertThat(folder.saved(it -> true)).isEmpty();
        folder.keepOnly(0);
    }
}
