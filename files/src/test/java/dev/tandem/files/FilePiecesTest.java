package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is read in pieces gives the records that it gives whole. */
class FilePiecesTest {
    private static final String HEADER = "id,qty,price\n";

    @TempDir
    private Path root;

    private Place place;

    @BeforeEach
    void prepare() {
        place = Place.of(root, Place.CSV);
    }

    private static final int RECORDS = 3 * Marks.STEP + 100;

    private final List<String> expected = IntStream.range(0, RECORDS)
            .mapToObj(n -> n % 7 == 0 ? "o%d,1,\"a\n%d\"".formatted(n, n) : "ö%d,1,%d".formatted(n, n))
            .toList();

    private String text() {
        return "\uFEFF" + HEADER + String.join("\r\n", expected) + "\n\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, Marks.STEP - 1, Marks.STEP, Marks.STEP + 1, RECORDS})
    void givesTheSameRecordsHoweverItIsCut(int length) {
        place.bring("plain.csv", text());
        place.bring("packed.csv.gz", Place.gzip(text()));
        var drop = place.drop();
        drop.takeIn(2);

        assertThat(pieces(drop, length)).isEqualTo(twice());
        assertThat(pieces(place.drop(), length)).as("after a restart").isEqualTo(twice());
    }

    @Test
    void keepsItsOwnOrderOfColumnsInEachPiece() {
        var swapped = IntStream.range(0, RECORDS).mapToObj(n -> "1,%d,o%d".formatted(n, n));
        place.bring("a.csv", "qty,price,id\n" + swapped.collect(Collectors.joining("\n")));
        var drop = place.drop();
        drop.takeIn(1);

        assertThat(pieces(drop, 5_000))
                .isEqualTo(IntStream.range(0, RECORDS)
                        .mapToObj(n -> "o%d,1,%d".formatted(n, n))
                        .toList());
    }

    @Test
    void isReadSideBySideUnlessItIsCompressed() {
        place.bring("plain.csv", text());
        place.bring("packed.csv.gz", Place.gzip(text()));
        var drop = place.drop();
        drop.takeIn(2);

        var parts = drop.parts(100, 2 * RECORDS - 50, 5_000);

        assertThat(parts)
                .extracting(Stretch::from, Stretch::until)
                .containsExactly(
                        tuple(100L, (long) RECORDS),
                        tuple((long) RECORDS, RECORDS + 5_000L),
                        tuple(RECORDS + 5_000L, RECORDS + 10_000L),
                        tuple(RECORDS + 10_000L, 2L * RECORDS - 50));
        var read = new ArrayList<String>();
        for (var part : parts) {
            try (var records = part.read()) {
                records.forEachRemaining(it -> read.add(new String(it.raw().bytes(), StandardCharsets.UTF_8)));
            }
        }
        assertThat(read).isEqualTo(twice().subList(100, 2 * RECORDS - 50));
    }

    @Test
    void neverGivesItsLastRecordWhenItHasChanged() throws IOException {
        var file = place.bring("a.csv", text());
        var drop = place.drop();
        drop.takeIn(1);
        var bytes = Files.readAllBytes(file);
        bytes[HEADER.length() + 20] ^= 1;
        Files.write(file, bytes);

        assertThat(Place.records(drop, RECORDS - 10, RECORDS - 1)).hasSize(9);
        assertThatThrownBy(() -> Place.records(drop, RECORDS - 10, RECORDS))
                .isInstanceOf(FilesException.class)
                .hasMessageContaining("it has changed since it was taken in");
    }

    private List<String> twice() {
        return Stream.concat(expected.stream(), expected.stream()).toList();
    }

    private List<String> pieces(FolderLog drop, int length) {
        var read = new ArrayList<String>();
        for (long from = 0; from < drop.end(); from += length) {
            long until = Math.min(drop.end(), from + length);
            read.addAll(Place.records(drop, from, until));
            drop.passed(until);
        }
        return read;
    }
}
