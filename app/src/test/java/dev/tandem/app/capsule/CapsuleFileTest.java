package dev.tandem.app.capsule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Capsules come by mail: what is in one must not do more than be read. */
class CapsuleFileTest {
    @TempDir
    private Path folder = Path.of("");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path zip(String name, byte[] content, int times) throws IOException {
        var file = folder.resolve("given.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            for (int time = 0; time < times; time++) {
                zip.write(content);
            }
            zip.closeEntry();
        }
        return file;
    }

    @Test
    void givesBackWhatWasWrittenAndTheSameBytesEachTime() throws IOException {
        var entries = new TreeMap<>(Map.of(
                "records.jsonl",
                bytes("{}\n"),
                "capsule.json",
                bytes("{}"),
                "dimensions/shops/1-shops.csv",
                bytes("a")));
        var file = folder.resolve("first.zip");
        CapsuleFile.write(file, entries);
        var again = folder.resolve("again.zip");
        CapsuleFile.write(again, entries);

        assertThat(CapsuleFile.read(file)).containsExactlyEntriesOf(entries);
        assertThat(again).hasSameBinaryContentAs(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../records.jsonl",
                "/etc/passwd",
                "dimensions/../../records.jsonl",
                "dimensions/..",
                "dimensions/a/b/c",
                "dimensions\\..\\a",
                "run.sh",
                "records.jsonl/"
            })
    void refusesANameThatNoCapsuleHas(String name) throws IOException {
        var file = zip(name, bytes("x"), 1);
        assertThatThrownBy(() -> CapsuleFile.read(file))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("as a capsule: it holds '");
    }

    @Test
    void refusesASmallFileThatWouldFillTheMemory() throws IOException {
        var zeros = new byte[1 << 20];
        var file = zip("records.jsonl", zeros, (int) (CapsuleFile.MOST_BYTES >> 20) + 1);
        assertThat(file).satisfies(it -> assertThat(Files.size(it)).isLessThan(1 << 20));
        assertThatThrownBy(() -> CapsuleFile.read(file)).hasMessageContaining("more than 256 MB when unpacked");
    }

    @Test
    void refusesWhatIsNoZipFile() throws IOException {
        var file = Files.writeString(folder.resolve("why.zip"), "records");
        assertThatThrownBy(() -> CapsuleFile.read(file)).hasMessageContaining("it is no ZIP file");
    }
}
