package dev.tandem.segments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.PageReader;
import org.jspecify.annotations.Nullable;

/** Walks through the pages that {@link ValuePages} made: an array, an offset and a length for each value, and no object. */
final class ValueScan {
    private static final VarHandle LENGTH = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private @Nullable PageReader pages;
    private byte[] page = new byte[0];
    private int offset;
    private int length;

    /** Begins a row group. */
    void start(PageReader itsPages) {
        pages = itsPages;
        page = new byte[0];
        offset = 0;
        length = 0;
    }

    void next() throws IOException {
        int at = offset + length;
        if (at == page.length) {
            page = nextPage();
            at = 0;
        }
        if (at + Integer.BYTES > page.length) {
            throw torn();
        }
        length = (int) LENGTH.get(page, at);
        offset = at + Integer.BYTES;
        if (length < 0 || length > page.length - offset) {
            throw torn();
        }
    }

    private static IOException torn() {
        return new IOException("a value is longer than its page");
    }

    private byte[] nextPage() throws IOException {
        var next = pages == null ? null : pages.readPage();
        if (!(next instanceof DataPageV1 values) || values.getValueEncoding() != Encoding.PLAIN) {
            throw new IOException(next == null ? "values are missing" : "values are not written as Tandem writes them");
        }
        var plain = new ByteArrayOutputStream(Math.toIntExact(values.getBytes().size()));
        values.getBytes().writeAllTo(plain);
        return plain.toByteArray();
    }

    byte[] bytes() {
        return page;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }
}
