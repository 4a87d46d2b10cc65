package dev.tandem.engine;

import dev.tandem.fold.BatchTotals;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.model.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The records of a batch that outputs want, in a file, because there may be more of them than fit in memory. Written once, then read
 * as often as there are outputs. Deleted when closed.
 */
final class RecordSpill implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    /** A record in an array: its key in the order of the log, and where it is. */
    @SuppressWarnings("ArrayRecordComponent") // held for one part of the log and never compared
    private record Place(int partition, long position, byte[] bytes, int from, int end) {}

    private final Path file;
    private final OutputStream out;
    private final List<Place> part = new ArrayList<>();

    RecordSpill(Path folder) {
        try {
            Files.createDirectories(folder);
            file = Files.createTempFile(folder, "records-", ".spill");
            out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write records to %s: %s".formatted(folder, Reason.of(e)), e);
        }
    }

    /** Adds records as {@link BatchTotals.Records} has them; {@link #endPart} puts those of one part of the log in order. */
    void add(byte[] bytes, int from, int end, boolean quarantined) {
        var in = new BlockReader(bytes, from, end);
        while (in.hasMore()) {
            int start = in.position();
            in.skip(quarantined ? 0 : 1);
            int next = in.position() + Integer.BYTES + in.readInt();
            part.add(new Place(in.readInt(), in.readLong(), bytes, start, next));
            in.seek(next);
        }
    }

    /** Writes what was added since the last call, in the order of partition and position. */
    void endPart() {
        part.sort(Comparator.comparingInt(Place::partition).thenComparingLong(Place::position));
        try {
            for (var place : part) {
                out.write(place.bytes(), place.from(), place.end() - place.from());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write records to %s: %s".formatted(file, Reason.of(e)), e);
        }
        part.clear();
    }

    /** Ends the writing. */
    void end() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write records to %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    /** The records that {@code wanted} takes, read while they are asked for. {@code flagged}: each stands behind its destinations. */
    Iterator<Prepared> read(boolean flagged, Predicate<Prepared> wanted) {
        try {
            var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
            return new Reading(in, flagged, wanted);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("Cannot read records back from %s: %s".formatted(file, Reason.of(e)), e);
    }

    private final class Reading implements Iterator<Prepared> {
        private final DataInputStream in;
        private final boolean flagged;
        private final Predicate<Prepared> wanted;
        private @Nullable Prepared next;
        private boolean over;

        Reading(DataInputStream in, boolean flagged, Predicate<Prepared> wanted) {
            this.in = in;
            this.flagged = flagged;
            this.wanted = wanted;
        }

        @Override
        public boolean hasNext() {
            while (next == null && !over) {
                var record = record();
                if (record == null) {
                    over = true;
                } else if (wanted.test(record)) {
                    next = record;
                }
            }
            return next != null;
        }

        private @Nullable Prepared record() {
            try {
                if (flagged) {
                    in.readByte();
                }
                int length = in.readInt();
                var bytes = new byte[Integer.BYTES + length];
                in.readFully(bytes, Integer.BYTES, length);
                return PackedRecords.read(new BlockReader(bytes));
            } catch (EOFException e) {
                close();
                return null;
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public Prepared next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            var record = next;
            next = null;
            return record;
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete %s: %s".formatted(file, Reason.of(e)), e);
        }
    }
}
