package dev.tandem.parity;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Some differences in the order of {@link WorstFirst}, in memory or in a file. */
sealed interface DifferenceRun extends Iterable<Report.Difference> {
    long count();

    /** Deletes the file, if there is one. */
    void close();

    /** In memory. */
    record Held(List<Report.Difference> differences) implements DifferenceRun {
        @Override
        public long count() {
            return differences.size();
        }

        @Override
        public Iterator<Report.Difference> iterator() {
            return differences.iterator();
        }

        @Override
        public void close() {}
    }

    /** Each behind its length in bytes. */
    record InFile(Path file, long count) implements DifferenceRun {
        private static final int BUFFER = 1 << 16;

        /** Writes a run into a new file in {@code folder}. */
        static InFile write(List<Report.Difference> sorted, Path folder) {
            try {
                Files.createDirectories(folder);
                var file = Files.createTempFile(folder, "differences-", ".spill");
                try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
                    var block = new BlockWriter();
                    for (var difference : sorted) {
                        block.truncate(0);
                        PackedDifference.write(difference, block);
                        out.writeInt(block.size());
                        out.write(block.array(), 0, block.size());
                    }
                }
                return new InFile(file, sorted.size());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "Cannot write differences to %s: %s; make room there".formatted(folder, Reason.of(e)), e);
            }
        }

        @Override
        public Iterator<Report.Difference> iterator() {
            return new Reading(file, count);
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot delete %s: %s".formatted(file, Reason.of(e)), e);
            }
        }
    }

    /** Reads a file some at a time and has it open only meanwhile: a reader may stop where it likes. */
    final class Reading implements Iterator<Report.Difference> {
        private static final int AT_ONCE = 64;

        private final Path file;
        private final Deque<Report.Difference> read = new ArrayDeque<>();
        private long left;
        private long at;

        private Reading(Path file, long count) {
            this.file = file;
            this.left = count;
        }

        @Override
        public boolean hasNext() {
            return !read.isEmpty() || left > 0;
        }

        @Override
        public Report.Difference next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all differences of %s are read".formatted(file));
            }
            if (read.isEmpty()) {
                readSome();
            }
            return read.remove();
        }

        private void readSome() {
            try (var channel = Files.newByteChannel(file);
                    var in = new DataInputStream(
                            new BufferedInputStream(Channels.newInputStream(channel.position(at)), InFile.BUFFER))) {
                for (int some = 0; some < AT_ONCE && left > 0; some++) {
                    var bytes = new byte[in.readInt()];
                    in.readFully(bytes);
                    read.add(PackedDifference.read(new BlockReader(bytes)));
                    at += Integer.BYTES + bytes.length;
                    left--;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "Cannot read differences back from %s: %s".formatted(file, Reason.of(e)), e);
            }
        }
    }
}
