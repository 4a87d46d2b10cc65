package dev.tandem.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;

/**
 * How far the files of an archive go, in a file beside them: a database that has committed less is an older copy, and the files that
 * it lacks would never be read again, because they have left the folder.
 *
 * @param archive may be shared by several logs
 * @param log whose position it is
 */
record ArchiveMark(Path archive, String log) {
    /** Its name begins with a dot, so nobody takes it for a file of records. */
    Path file() {
        return archive.resolve(".tandem-" + log);
    }

    /** Replaces the mark in one step. */
    void write(long position) {
        var next = archive.resolve(".tandem-" + log + ".tmp");
        try {
            Files.writeString(next, Long.toString(position), StandardCharsets.US_ASCII);
            Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new FilesException(
                    "Cannot write %s: %s; give the user that runs Tandem the right to write there".formatted(file(), e),
                    e);
        }
    }

    /** The position behind the last archived record; empty if nothing was archived yet. */
    OptionalLong read() {
        try {
            return Files.exists(file())
                    ? OptionalLong.of(Long.parseLong(
                            Files.readString(file(), StandardCharsets.US_ASCII).strip()))
                    : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            throw new FilesException(
                    "Cannot read %s: %s; it holds the position up to which files are archived: delete it if the database is the latest one"
                            .formatted(file(), e),
                    e);
        }
    }
}
