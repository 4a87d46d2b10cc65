package dev.tandem.app.capsule;

import dev.tandem.engine.EngineException;
import dev.tandem.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A capsule as a ZIP file. The same contents give the same bytes. A file that somebody sent is read as if it were hostile: only names
 * that a capsule has, none of which leads out of a folder, and no more bytes than a capsule may have, however small the file is.
 */
public final class CapsuleFile {
    static final long MOST_BYTES = 256L << 20;
    private static final int MOST_ENTRIES = 256;
    private static final int BEST_COMPRESSION = 9;

    /** Of no zone, since the format has none; the first years would be written with one. */
    private static final LocalDateTime ALWAYS = LocalDateTime.of(2020, 1, 1, 0, 0);

    private static final Pattern NAME = Pattern.compile(
            "(capsule|expected)\\.json|pipeline\\.yaml|(micro-batches|records)\\.jsonl|dimensions(/[A-Za-z0-9_][A-Za-z0-9._-]{0,149}){1,2}");

    private CapsuleFile() {}

    /** Writes {@code entries} in the order of their names; the file is there whole or not at all. */
    public static void write(Path file, SortedMap<String, byte[]> entries) {
        try {
            var folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            var partial = Files.createTempFile(folder, "capsule", ".partial");
            try {
                try (var zip = new ZipOutputStream(Files.newOutputStream(partial))) {
                    zip.setLevel(BEST_COMPRESSION);
                    for (var entry : entries.entrySet()) {
                        require(
                                NAME.matcher(entry.getKey()).matches(),
                                file,
                                entry.getKey() + " is no name in a capsule");
                        var head = new ZipEntry(entry.getKey());
                        head.setTimeLocal(ALWAYS);
                        zip.putNextEntry(head);
                        zip.write(entry.getValue());
                        zip.closeEntry();
                    }
                }
                Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the capsule %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    /**
     * Reads a capsule into memory; nothing is unpacked to a disk.
     *
     * @throws EngineException if the file is no capsule
     */
    public static SortedMap<String, byte[]> read(Path file) {
        var entries = new TreeMap<String, byte[]>();
        try (var zip = new ZipInputStream(Files.newInputStream(file))) {
            long left = MOST_BYTES;
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName();
                require(NAME.matcher(name).matches(), file, "it holds '%s'".formatted(shown(name)));
                require(entries.size() < MOST_ENTRIES, file, "it holds more than %d files".formatted(MOST_ENTRIES));
                var bytes = inflated(zip, left, file);
                left -= bytes.length;
                require(entries.put(name, bytes) == null, file, "it holds '%s' twice".formatted(name));
            }
        } catch (ZipException e) {
            throw noCapsule(file, Reason.of(e));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the capsule %s: %s".formatted(file, Reason.of(e)), e);
        }
        require(!entries.isEmpty(), file, "it is no ZIP file");
        return entries;
    }

    private static byte[] inflated(InputStream zip, long most, Path file) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[1 << 16];
        for (int count = zip.read(buffer); count >= 0; count = zip.read(buffer)) {
            require(
                    bytes.size() + (long) count <= most,
                    file,
                    "it holds more than %d MB when unpacked".formatted(MOST_BYTES >> 20));
            bytes.write(buffer, 0, count);
        }
        return bytes.toByteArray();
    }

    private static String shown(String name) {
        return name.codePoints()
                .filter(it -> !Character.isISOControl(it))
                .limit(80)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static void require(boolean holds, Path file, String otherwise) {
        if (!holds) {
            throw noCapsule(file, otherwise);
        }
    }

    static EngineException noCapsule(Path file, String why) {
        return new EngineException(
                "Cannot use %s as a capsule: %s; make one with ./tandem capsule PIPELINE VIEW -o FILE"
                        .formatted(file, why));
    }
}
