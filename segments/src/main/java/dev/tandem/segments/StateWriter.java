package dev.tandem.segments;

import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.block.StateSink;
import dev.tandem.model.Reason;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * Writes the state of one partition to a file: a magic number, each chunk behind its length, the length -1, and the CRC-32C of all
 * that. One thread. Closing a writer that was not finished removes its file.
 */
public final class StateWriter implements StateSink, AutoCloseable {
    static final int MAGIC = 0x54534631;
    static final int END = -1;
    private static final int BUFFER_BYTES = 1 << 18;

    private final OpenPlace place;
    private final Path file;
    private final CRC32C checksum = new CRC32C();
    private final DataOutputStream out;
    private boolean done;

    StateWriter(OpenPlace place, Path file) {
        this.place = place;
        this.file = file;
        try {
            var checked = new CheckedOutputStream(place.create(file), checksum);
            out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER_BYTES));
            out.writeInt(MAGIC);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void chunk(BlockWriter chunk) {
        try {
            out.writeInt(chunk.size());
            out.write(chunk.array(), 0, chunk.size());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Completes the file. */
    public void finish() {
        try {
            out.writeInt(END);
            out.flush();
            out.writeLong(checksum.getValue());
            out.close();
            done = true;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private SegmentException failed(IOException e) {
        return new SegmentException(
                "Cannot write the state file %s: %s; check the space and the rights of its folder"
                        .formatted(file, Reason.of(e)),
                e);
    }

    @Override
    public void close() {
        if (!done) {
            try {
                out.close();
                place.files().delete(file, false);
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }
}
