package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tandem.model.Format;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A year of a real shop, one file a day; skipped where the data are not beside the repository. */
class RetailTest {
    private static final List<String> COLUMNS = List.of(
            "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country");
    private static final int BLOCK = 512;

    @TempDir
    private Path root;

    @Test
    void everyRecordOfAYearComesInOnceInOrder() throws IOException {
        var place = Place.of(root, new RecordForm(Format.CSV, COLUMNS));
        unpack(archive(), place.folder());
        var drop = place.drop();
        assertThat(drop.takeIn(1000)).hasSize(305);
        assertThat(drop.end()).isEqualTo(541_909);

        var widths = new HashSet<Integer>();
        var cells = new Cells(new byte[] {','});
        long position = 0;
        try (var records = drop.read(0, drop.end())) {
            while (records.hasNext()) {
                var record = records.next();
                assertThat(record.at().position()).isEqualTo(position++);
                cells.split(record.raw().bytes());
                widths.add(cells.sound() ? cells.count() : -1);
            }
        }
        assertThat(position).isEqualTo(541_909);
        assertThat(widths).containsExactly(COLUMNS.size());
    }

    private static Path archive() {
        var room = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        var file = room.resolve("../../shared/data/orders/retail-by-day.tar.gz").normalize();
        assumeThat(Files.exists(file))
                .as("skipped: the retail files are not beside the repository (../shared/data)")
                .isTrue();
        return file;
    }

    /** A tar is a header block with name and octal size, then the bytes in whole blocks. */
    private static void unpack(Path tar, Path folder) throws IOException {
        try (var source = new DataInputStream(new GZIPInputStream(Files.newInputStream(tar), 1 << 16))) {
            var header = new byte[BLOCK];
            while (true) {
                source.readFully(header);
                if (header[0] == 0) {
                    return;
                }
                int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
                var content = source.readNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
                var name = Path.of(text(header, 0, 100)).getFileName();
                if (header[156] == '0') {
                    Files.write(folder.resolve(name), Arrays.copyOf(content, size));
                }
            }
        }
    }

    private static String text(byte[] header, int from, int length) {
        return new String(header, from, length, StandardCharsets.US_ASCII).split("\0")[0];
    }
}
