package dev.tandem.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests the bytes that are read through it, so that a file is known and read in one pass. */
final class MeasuredStream extends FilterInputStream {
    private final MessageDigest digest;
    private long bytes;

    MeasuredStream(InputStream source) {
        super(source);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read > 0) {
            digest.update(into, offset, read);
            bytes += read;
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads to the end; answers how many bytes there still were. */
    long drain() throws IOException {
        long before = bytes;
        var rest = new byte[1 << 16];
        while (read(rest, 0, rest.length) >= 0) {
            // measured by the way
        }
        return bytes - before;
    }

    long bytes() {
        return bytes;
    }

    /** Of all bytes so far, in hex; asked once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
