package dev.tandem.segments;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/**
 * The pages of the value column, made by hand: one copy of each value and no object, where the column writer of parquet-java makes an
 * object for each value and copies it through two streams. PLAIN: the length of each value in four bytes, then its bytes.
 */
final class ValuePages {
    static final ColumnDescriptor COLUMN = Segments.SEGMENT.getColumnDescription(new String[] {Segments.RAW});

    /** Uncompressed. Larger pages compress no better, and smaller ones worse. */
    private static final int PAGE_BYTES = 1 << 20;

    private static final int FIRST_BYTES = 1 << 14;
    private static final VarHandle LENGTH = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] page = new byte[FIRST_BYTES];
    private int bytes;
    private int values;

    /** Whether {@code length} more bytes belong on the next page. */
    boolean isFullFor(int length) {
        return values > 0 && (long) bytes + Integer.BYTES + length > PAGE_BYTES;
    }

    void add(byte[] value, int offset, int length) {
        int end = Math.addExact(bytes, Math.addExact(Integer.BYTES, length));
        if (end > page.length) {
            page = Arrays.copyOf(page, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, page.length * 2L)));
        }
        LENGTH.set(page, bytes, length);
        System.arraycopy(value, offset, page, bytes + Integer.BYTES, length);
        bytes = end;
        values++;
    }

    /** Levels take no bytes in a column that is never null, whatever encoding is named for them. */
    void flush(PageWriter writer) throws IOException {
        if (values == 0) {
            return;
        }
        writer.writePage(
                BytesInput.from(page, 0, bytes),
                values,
                values,
                Statistics.noopStats(COLUMN.getPrimitiveType()),
                Encoding.RLE,
                Encoding.RLE,
                Encoding.PLAIN);
        bytes = 0;
        values = 0;
    }
}
