package dev.tandem.app.run;

import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A folder for the temporary files of one run. It goes when it is closed. What a killed process left is recognised by the lock that the
 * system has taken from it, and goes when the next run makes its own: libraries that clean up at the end of a process clean up nothing
 * after {@code kill -9}.
 */
public final class Scratch implements AutoCloseable {
    private static final String RUN = "run-";
    /** Not yet locked; a folder gets its lasting name when it is. */
    private static final String UNFINISHED = "new-";

    private static final Duration LONGEST_UNFINISHED = Duration.ofHours(1);
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel lock;

    private Scratch(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes one in {@code parent}, where nothing else may lie, and takes away what has no owner any more. */
    public static Scratch in(Path parent) throws IOException {
        Files.createDirectories(parent);
        sweep(parent);
        var id = UUID.randomUUID().toString();
        var unfinished = Files.createDirectory(parent.resolve(UNFINISHED + id));
        var lock = FileChannel.open(unfinished.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        return new Scratch(Files.move(unfinished, parent.resolve(RUN + id)), lock);
    }

    public Path folder() {
        return folder;
    }

    private static void sweep(Path parent) throws IOException {
        List<Path> entries;
        try (var listed = Files.list(parent)) {
            entries = listed.toList();
        }
        for (var entry : entries) {
            var name = entry.getFileName().toString();
            boolean orphan = name.startsWith(RUN)
                    ? !owned(entry)
                    : !name.startsWith(UNFINISHED)
                            || olderThan(entry, Instant.now().minus(LONGEST_UNFINISHED));
            if (orphan) {
                delete(entry);
            }
        }
    }

    private static boolean owned(Path folder) {
        try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return true;
        } catch (IOException withoutALock) {
            return false;
        }
    }

    private static boolean olderThan(Path path, Instant time) {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(time);
        } catch (IOException gone) {
            return false;
        }
    }

    /** What cannot be deleted now, because somebody else does it or owns it, is left for the next run. */
    private static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException left) {
            // tried again by the next run
        }
    }

    @Override
    public void close() {
        delete(folder);
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot let go of %s: %s".formatted(folder, Reason.of(e)), e);
        }
    }
}
