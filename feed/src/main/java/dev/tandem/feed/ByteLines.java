package dev.tandem.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The lines of a file as bytes, without blank ones: as text, a line with broken UTF-8 would be repaired on its way. */
final class ByteLines implements Iterator<byte[]> {

    private static final byte[] NONE = {};

    private final InputStream file;
    private byte[] following = NONE;

    ByteLines(InputStream file) {
        this.file = file;
    }

    @Override
    public boolean hasNext() {
        if (following.length == 0) {
            following = line();
        }
        return following.length > 0;
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var line = following;
        following = NONE;
        return line;
    }

    /** The next line that is not blank, or nothing at the end. */
    private byte[] line() {
        var line = new ByteArrayOutputStream(512);
        try {
            int next;
            while ((next = file.read()) >= 0) {
                if (next != '\n' && next != '\r') {
                    line.write(next);
                } else if (line.size() > 0) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toByteArray();
    }
}
