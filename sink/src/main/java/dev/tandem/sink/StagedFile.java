package dev.tandem.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that is being written: counts its bytes, computes their SHA-256 meanwhile and forces them to disk when it is closed. It
 * has no ending that a reader looks for until {@link Disk#place} gives it its name.
 */
final class StagedFile extends OutputStream {
    static final String SUFFIX = ".staged";

    private final FileChannel channel;
    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long bytes;

    StagedFile(Path path) throws IOException {
        channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        digest = sha256();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public void write(int value) throws IOException {
        if (!buffer.hasRemaining()) {
            drain();
        }
        buffer.put((byte) value);
        bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int taken = Math.min(left, buffer.remaining());
            buffer.put(from, at, taken);
            at += taken;
            left -= taken;
        }
        bytes += length;
    }

    private void drain() throws IOException {
        buffer.flip();
        digest.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** So far; all of them once closed. */
    long bytes() {
        return bytes;
    }

    /** In hexadecimal; to be asked once, after closing. */
    String sha256Text() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try (channel) {
                drain();
                channel.force(true);
            }
        }
    }

    /** Ends without writing what is left: the file is of no use. */
    void abandon() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was promised about this file, and whoever abandons it already tells why.
        }
    }
}
