package dev.tandem.files;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The offsets of every n-th record of a file, so that reading can start in the middle of a large file. Offsets are those of the
 * unpacked text. Without marks each part of a file would be reached by splitting everything before it.
 */
final class Marks implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How many records lie between two marks. */
    static final int STEP = 4_096;

    /**
     * The beginning of a record.
     *
     * @param record counted from 0 within the file
     * @param offset in bytes of the unpacked text; 0 stands for the beginning of the file, with its header
     */
    record Mark(long record, long offset) implements Serializable {
        static final Mark BEGINNING = new Mark(0, 0);

        boolean beginning() {
            return offset == 0;
        }
    }

    private long[] offsets = new long[4];
    private int count;

    /** Tells where the next record begins; asked once for each, in order. */
    void next(long record, long offset) {
        if (record == 0 || record % STEP != 0) {
            return;
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        offsets[count++] = offset;
    }

    /** The last mark that is not behind {@code record}. */
    Mark before(long record) {
        int index = (int) Math.min(count, record / STEP);
        return index == 0 ? Mark.BEGINNING : new Mark((long) index * STEP, offsets[index - 1]);
    }

    /** Whether the file is too small to have any. */
    boolean none() {
        return count == 0;
    }
}
