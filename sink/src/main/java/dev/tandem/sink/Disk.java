package dev.tandem.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Writes files that exist completely after a power failure, or not at all: files are forced to disk before they get their names,
 * and their folders after.
 */
final class Disk {
    private static final int LONGEST_NUMBER = 18;

    private Disk() {}

    /** Gives a file that is forced to disk its name, in place of the one that has it. The folder is still to be {@link #force}d. */
    static void place(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forces the names in {@code folder} to disk. */
    static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Writes a small file whole or not at all. */
    static void write(Path file, byte[] bytes) throws IOException {
        var aside = file.resolveSibling("." + file.getFileName() + StagedFile.SUFFIX);
        try (var out = new StagedFile(aside)) {
            out.write(bytes);
        }
        place(aside, file);
        force(folderOf(file));
    }

    static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path folderOf(Path file) {
        var folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException("Cannot tell the folder of %s: it has none".formatted(file));
        }
        return folder;
    }

    /** Makes a folder and those above it, forcing each new name to disk. */
    static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var above = folder.getParent();
        if (above != null) {
            make(above);
        }
        Files.createDirectories(folder);
        if (above != null) {
            force(above);
        }
    }

    /** The files in {@code folder} itself whose names match {@code glob}, in the order of their names; none if there is no folder. */
    static List<Path> named(Path folder, String glob) throws IOException {
        var found = new ArrayList<Path>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, glob)) {
                files.forEach(found::add);
            }
        }
        found.sort(null);
        return found;
    }

    /** The highest number between {@code prefix} and {@code ending} in the name of a file in {@code folder}. */
    static OptionalLong highest(Path folder, String prefix, String ending) throws IOException {
        return named(folder, prefix + "[0-9]*" + ending).stream()
                .map(it -> it.getFileName().toString())
                .map(it -> it.substring(prefix.length(), it.length() - ending.length()))
                .filter(it ->
                        it.length() <= LONGEST_NUMBER && it.chars().allMatch(digit -> digit >= '0' && digit <= '9'))
                .mapToLong(Long::parseLong)
                .max();
    }

    /** Removes what a killed process had begun to write into {@code folder}. */
    static void clear(Path folder) throws IOException {
        for (var file : named(folder, "*" + StagedFile.SUFFIX)) {
            Files.deleteIfExists(file);
        }
    }

    /** Removes a folder if nothing is in it. */
    static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // It holds other files, which is why it stays.
        }
    }
}
