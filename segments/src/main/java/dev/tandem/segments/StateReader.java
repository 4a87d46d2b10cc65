package dev.tandem.segments;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.StateSource;
import dev.tandem.model.Reason;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** Reads the state of one partition from a file that {@link StateWriter} wrote. One thread. */
public final class StateReader implements StateSource, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final String name;
    private final DataInputStream in;

    private StateReader(String name, DataInputStream in) throws IOException {
        this.name = name;
        this.in = in;
        if (in.readInt() != StateWriter.MAGIC) {
            throw new IOException("it is no state file");
        }
    }

    /**
     * Opens a file after its checksum was found right: what a torn file holds must not be taken for state.
     *
     * @throws IOException if it is not there, torn, or no state file
     */
    static StateReader open(OpenPlace place, String name) throws IOException {
        check(place, name);
        return new StateReader(name, new DataInputStream(new BufferedInputStream(place.read(name), BUFFER_BYTES)));
    }

    private static void check(OpenPlace place, String name) throws IOException {
        var status = place.status(name).orElseThrow(() -> new IOException("there is no such file"));
        var checksum = new CRC32C();
        long left = status.getLen() - Long.BYTES;
        try (var in = place.read(name)) {
            var checked = new CheckedInputStream(in, checksum);
            byte[] buffer = new byte[BUFFER_BYTES];
            while (left > 0) {
                int read = checked.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    break;
                }
                left -= read;
            }
            if (left != 0 || in.readLong() != checksum.getValue()) {
                throw new IOException("it is torn");
            }
        }
    }

    @Override
    public BlockReader chunk() {
        try {
            int length = in.readInt();
            if (length < 0) {
                throw new IOException("it ends too early");
            }
            byte[] chunk = new byte[length];
            in.readFully(chunk);
            return new BlockReader(chunk);
        } catch (IOException e) {
            throw new SegmentException(
                    "Cannot read the state file %s: %s; delete it, the state is then rebuilt from the landed log"
                            .formatted(name, Reason.of(e)),
                    e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new SegmentException("Cannot close the state file %s: %s".formatted(name, Reason.of(e)), e);
        }
    }
}
