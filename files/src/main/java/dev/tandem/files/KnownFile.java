package dev.tandem.files;

import dev.tandem.files.Marks.Mark;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file whose content is known: its possible paths, and what it must contain when it is read.
 *
 * @param places its possible paths, the likeliest first
 * @param firstPosition the position of its first record in the log
 * @param marks where reading can begin; none where they are not known
 */
record KnownFile(
        List<String> places,
        long bytes,
        String sha256,
        long firstPosition,
        long records,
        long arrivedMillis,
        Marks marks)
        implements Serializable {
    KnownFile {
        places = List.copyOf(places);
    }

    /** The file's name, wherever it lies. */
    String name() {
        return Path.of(places.get(0)).getFileName().toString();
    }

    long end() {
        return firstPosition + records;
    }

    /** Where to begin in order to come to a position. */
    Mark before(long position) {
        return marks.before(position - firstPosition);
    }

    /** The place where it lies; the one with the right bytes where another file of this name and size has come since. */
    Path place() {
        var present = places.stream()
                .map(Path::of)
                .filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (present.isEmpty()) {
            throw new FilesException(
                    "Cannot read back %s: there is no such file%s; put it back, unchanged, or go on without it (./tandem files PIPELINE --forget NAME)"
                            .formatted(places.get(0), elsewhere()));
        }
        var ofSize = present.stream().filter(this::hasSize).toList();
        if (ofSize.isEmpty()) {
            throw changed(present.get(0));
        }
        return ofSize.size() == 1
                ? ofSize.get(0)
                : ofSize.stream().filter(this::isAt).findFirst().orElse(ofSize.get(0));
    }

    private String elsewhere() {
        return places.size() == 1 ? "" : ", nor " + String.join(" nor ", places.subList(1, places.size()));
    }

    private boolean hasSize(Path path) {
        try {
            return Files.size(path) == bytes;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the file at {@code path} has these bytes. */
    boolean isAt(Path path) {
        if (!hasSize(path)) {
            return false;
        }
        try (var measured = new MeasuredStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS))) {
            measured.drain();
            return measured.sha256().equals(sha256);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw FileScan.unreadable(path, e);
        }
    }

    void require(FileScan.Measure found, Path path) {
        if (found.bytes() != bytes || !found.sha256().equals(sha256)) {
            throw changed(path);
        }
        if (found.records() != records) {
            throw new FilesException(
                    "Cannot read back %s: it has %d records now and had %d when it was taken in, though its bytes are the same; give the source the format that it had then"
                            .formatted(path, found.records(), records));
        }
    }

    FilesException changed(Path path) {
        return new FilesException(
                "Cannot read back %s: it has changed since it was taken in (%d bytes, sha256 %s then); put the old file back and bring the new one under a name of its own"
                        .formatted(path, bytes, sha256));
    }
}
