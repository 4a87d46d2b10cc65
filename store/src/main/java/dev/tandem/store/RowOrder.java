package dev.tandem.store;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The order of rows within a window: by their key columns, null first, text by its characters' numbers. Made here and not by the
 * database, because each of those has its own idea of text, NULL and trailing blanks.
 */
enum RowOrder implements Comparator<StoredRow> {
    BY_KEY;

    @Override
    public int compare(StoredRow left, StoredRow right) {
        for (int index = 0; index < left.key().size(); index++) {
            int compared = compareValues(left.key().get(index), right.key().get(index));
            if (compared != 0) {
                return compared;
            }
        }
        int byHigh = Long.compareUnsigned(left.rowKey().high(), right.rowKey().high());
        return byHigh != 0
                ? byHigh
                : Long.compareUnsigned(left.rowKey().low(), right.rowKey().low());
    }

    @SuppressWarnings("unchecked") // the values of one column have one type
    private static int compareValues(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        return ((Comparable<Object>) left).compareTo(right);
    }
}
