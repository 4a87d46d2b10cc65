package dev.tandem.engine.recount;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.recount.PartWriter;
import dev.tandem.model.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file for each of many parts, to which several threads append blocks: what does not fit in memory is written to its part and
 * worked on a part at a time. A file is open only while a block is written, so that there may be hundreds. Deleted when closed.
 */
final class PartFiles implements PartWriter.Target, AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final List<Object> locks = new ArrayList<>();

    /** For {@code parts} parts, in a folder of its own under {@code scratch}. */
    PartFiles(Path scratch, String name, int parts) {
        try {
            Files.createDirectories(scratch);
            folder = Files.createTempDirectory(scratch, name + "-");
        } catch (IOException e) {
            throw unwritable(scratch, e);
        }
        for (int part = 0; part < parts; part++) {
            locks.add(new Object());
        }
    }

    int parts() {
        return locks.size();
    }

    private Path file(int part) {
        return folder.resolve(Integer.toString(part));
    }

    @Override
    public void take(int part, byte[] block, int length) {
        synchronized (locks.get(part)) {
            try (var out = new DataOutputStream(new BufferedOutputStream(
                    Files.newOutputStream(file(part), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    Math.min(BUFFER, length + Integer.BYTES)))) {
                out.writeInt(length);
                out.write(block, 0, length);
            } catch (IOException e) {
                throw unwritable(folder, e);
            }
        }
    }

    /** Gives the blocks of a part in the order in which they were written, and deletes its file. */
    void read(int part, Consumer<byte[]> blocks) {
        var file = file(part);
        if (!Files.exists(file)) {
            return;
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            for (long left = Files.size(file); left > 0; ) {
                var block = new byte[in.readInt()];
                in.readFully(block);
                blocks.accept(block);
                left -= Integer.BYTES + block.length;
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s back: %s".formatted(file, Reason.of(e)), e);
        }
    }

    /** The same, each with a reader of its own. */
    void readers(int part, Consumer<BlockReader> blocks) {
        read(part, block -> blocks.accept(new BlockReader(block)));
    }

    private static UncheckedIOException unwritable(Path folder, IOException e) {
        return new UncheckedIOException(
                "Cannot write under %s: %s; make room there, or give --home a folder on a larger disk"
                        .formatted(folder, Reason.of(e)),
                e);
    }

    @Override
    public void close() {
        try {
            for (int part = 0; part < parts(); part++) {
                Files.deleteIfExists(file(part));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete %s: %s".formatted(folder, Reason.of(e)), e);
        }
    }
}
