package dev.tandem.segments;

import java.io.IOException;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.parquet.io.PositionOutputStream;

/** Counts and checksums what is written, and forces it to disk before it closes, where the file system can. */
final class CheckedOutput extends PositionOutputStream {
    private final FSDataOutputStream out;
    private final CRC32C checksum = new CRC32C();
    private long bytes;
    private boolean closed;

    CheckedOutput(FSDataOutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        checksum.update(value);
        bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        checksum.update(from, offset, length);
        bytes += length;
    }

    @Override
    public long getPos() {
        return bytes;
    }

    long checksum() {
        return checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
        }
    }

    /** Closes a file that is of no use. */
    void abandon() throws IOException {
        closed = true;
        out.close();
    }
}
