package dev.tandem.feed;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Files that appear whole or not at all. A reader that watches a folder would otherwise take the first half of a file for all of it; it is
 * written under a hidden name, forced to the disk, and then renamed.
 */
final class WholeFile {

    private WholeFile() {}

    static void write(Path file, byte[] content) {
        var folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
        var unfinished = folder.resolve("." + file.getFileName() + ".tmp");
        try {
            Files.createDirectories(folder);
            try {
                // Not a channel: an interruption in the middle would close it.
                try (var bytes = new FileOutputStream(unfinished.toFile())) {
                    bytes.write(content);
                    bytes.getFD().sync();
                }
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new FeedException("Cannot write %s: %s; free the place or name another folder".formatted(file, e), e);
        }
        forceNames(folder);
    }

    /** Puts the new name on disk too, where the system can do that to a folder. */
    private static void forceNames(Path folder) {
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException unable) {
            return; // Windows opens no folder, and an interrupted thread no channel; the file itself is on disk
        }
    }
}
