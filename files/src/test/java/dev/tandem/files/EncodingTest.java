package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Format;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in another encoding than UTF-8. */
class EncodingTest {
    @TempDir
    private Path root;

    private Place place(String encoding) {
        var format = new Format.InFile(encoding, Format.Layout.LINES);
        return Place.of(root, new RecordForm(Format.Kind.CSV, true, '¦', format, List.of("größe", "b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-32", "UTF-8"})
    void areReadAsText(String encoding) {
        var place = place(encoding);
        place.bring("a.csv", "b¦größe\n1¦\"£¦é\n\"\r\n2¦x".getBytes(Charset.forName(encoding)));
        assertThat(place.records()).containsExactly("\"£¦é\n\"¦1", "x¦2");
    }

    @Test
    void areReadFromTheirMiddleToo() {
        var place = place("ISO-8859-1");
        var lines = IntStream.range(0, 30_000).mapToObj("é%d¦ü\n"::formatted).collect(Collectors.joining());
        place.bring("a.csv", ("größe¦b\n" + lines).getBytes(StandardCharsets.ISO_8859_1));
        var drop = place.drop();
        drop.takeIn(1);
        assertThat(Place.records(drop, 29_999, 30_000)).containsExactly("é29999¦ü");
    }

    @Test
    void costTheRecordAloneThatIsNoText() {
        var drop = Place.of(
                root,
                new RecordForm(
                        Format.Kind.CSV,
                        false,
                        ',',
                        new Format.InFile("Shift_JIS", Format.Layout.LINES),
                        List.of("a")));
        drop.bring("a.csv", new byte[] {(byte) 0x83, (byte) 0x41, '\n', 'x', (byte) 0xFF, 'y', '\n', 'z', '\n'});
        var taken = drop.drop();
        taken.takeIn(1);
        assertThat(Place.records(taken, 0, 1)).containsExactly("ア");
        assertThat(Place.records(taken, 2, 3)).containsExactly("z");
        assertThat(raw(taken)).isEqualTo(new byte[] {'x', (byte) 0xFF, 'y'});
    }

    private static byte[] raw(FolderLog drop) {
        try (var records = drop.read(1, 2)) {
            return records.next().raw().bytes();
        }
    }
}
