package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that people have read and found right. {@code ./dev golden} writes them anew; then read the diff. */
final class Golden {
    private static final Path DIRECTORY = Path.of("src/test/resources/dev/tandem/parity/report");

    private Golden() {}

    static void assertSame(String name, String actual) {
        var file = DIRECTORY.resolve(name);
        try {
            if (Boolean.getBoolean("golden.renew")) {
                Files.writeString(file, actual);
            }
            assertThat(actual).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
