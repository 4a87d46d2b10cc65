package dev.tandem.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * A gzip stream that detects unreadable bytes behind its last member. Java's own ends there silently, and records that were
 * appended in pieces would be lost.
 */
final class WholeGzip extends GZIPInputStream {
    private static final int TRAILER = 8;
    private static final int BUFFER = 1 << 16;

    WholeGzip(InputStream source) throws IOException {
        super(source, BUFFER);
    }

    /** Asked at the end of the stream. */
    boolean unreadTail() {
        return inf.getRemaining() > TRAILER;
    }
}
