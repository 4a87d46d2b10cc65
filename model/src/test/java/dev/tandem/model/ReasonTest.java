package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {
    @Test
    void isNeverNull() {
        assertThat(Reason.of(new ClosedChannelException())).isEqualTo("closed channel");
        assertThat(Reason.of(new IOException())).isEqualTo("io");
        assertThat(Reason.of(new EOFException())).isEqualTo("it ends too early");
        assertThat(Reason.of(new IllegalStateException(null, new IOException("the disk is full"))))
                .isEqualTo("the disk is full");
    }

    @Test
    void saysWhatIsWrongWithAPath(@TempDir Path folder) {
        var missing = folder.resolve("missing");
        assertThat(Reason.of(new NoSuchFileException("a"))).isEqualTo("a is not there");
        assertThat(Reason.of(new AccessDeniedException("a"))).isEqualTo("this user has no right to a");
        assertThat(Reason.of(new FileSystemException("a", null, "Read-only file system")))
                .isEqualTo("a: Read-only file system");
        try {
            Files.size(missing);
            throw new IllegalStateException("it must not be there");
        } catch (IOException e) {
            assertThat(Reason.of(e)).isEqualTo(missing + " is not there");
            assertThat(Reason.of(new UncheckedIOException("Cannot look: no", e)))
                    .isEqualTo("Cannot look: no");
        }
    }
}
