package dev.tandem.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text of another encoding as UTF-8. Bytes that are no text of that encoding become one byte that is none of UTF-8 either, so that
 * their record alone is malformed.
 */
final class RecodedStream extends InputStream {
    private static final int BUFFER = 1 << 16;
    private static final byte NO_TEXT = (byte) 0xFF;

    private final InputStream source;
    private final CharsetDecoder decoder;
    private final ByteBuffer read = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer letters = CharBuffer.allocate(BUFFER);
    private byte[] recoded = {};
    private int at;
    private boolean ended;
    private boolean flushed;

    RecodedStream(InputStream source, Charset encoding) {
        this.source = source;
        this.decoder = encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read() throws IOException {
        return fill() ? recoded[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, recoded.length - at);
        System.arraycopy(recoded, at, into, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** Sees to it that there is a recoded byte; false at the end. */
    private boolean fill() throws IOException {
        while (at == recoded.length && !flushed) {
            letters.clear();
            var result = decoder.decode(read, letters, ended);
            boolean noText = result.isError();
            if (noText) {
                read.position(read.position() + result.length());
            } else if (result.isUnderflow() && ended) {
                decoder.flush(letters);
                flushed = true;
            } else if (result.isUnderflow()) {
                readOn();
            }
            var text = letters.flip().toString().getBytes(StandardCharsets.UTF_8);
            recoded = noText ? behind(text) : text;
            at = 0;
        }
        return at < recoded.length;
    }

    private static byte[] behind(byte[] text) {
        var all = Arrays.copyOf(text, text.length + 1);
        all[text.length] = NO_TEXT;
        return all;
    }

    private void readOn() throws IOException {
        read.compact();
        int count = source.read(read.array(), read.position(), read.remaining());
        ended = count < 0;
        read.position(read.position() + Math.max(0, count)).flip();
    }
}
