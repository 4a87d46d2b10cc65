package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Megabytes a second, printed: taking in, reading back, and reading back with the columns in another order. */
@Tag("bench")
class ReadingSpeedTest {
    private static final int RECORDS = 2_000_000;
    private static final int ROUNDS = 5;

    @TempDir
    private Path root;

    @Test
    void ofOneLargeFile() {
        measure("lines", "order-%08d,3,\"19.90\"\n".replace("\"", ""));
        measure("a quoted cell in each", "order-%08d,3,\"19.90\"\n");
    }

    private void measure(String what, String line) {
        var text = new StringBuilder("id,qty,price\n");
        for (int record = 0; record < RECORDS; record++) {
            text.append(line.formatted(record));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            var place = Place.of(root.resolve(what + round), Place.CSV);
            place.bring("a.csv", text.toString());
            var swapped = new RecordForm(Place.CSV.kind(), true, ',', List.of("price", "qty", "id"));
            long begin = System.nanoTime();
            var bytes = place.drop().takeIn(1).get(0).bytes();
            long taken = System.nanoTime();
            readAll(place);
            long read = System.nanoTime();
            readAll(new Place(place.root(), swapped, place.inventory()));
            long reordered = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "%s: take in %.0f, read back %.0f, reordered %.0f MB/s%n",
                    what,
                    1e3 * bytes / (taken - begin),
                    1e3 * bytes / (read - taken),
                    1e3 * bytes / (reordered - read));
        }
    }

    private static void readAll(Place place) {
        long records = 0;
        try (var all = place.drop().read(0, RECORDS)) {
            while (all.hasNext()) {
                records += all.next().raw().bytes().length > 0 ? 1 : 0;
            }
        }
        assertThat(records).isEqualTo(RECORDS);
    }
}
