package dev.tandem.store;

import dev.tandem.fold.Identity;
import dev.tandem.model.ValueOrder;
import java.util.Comparator;

/**
 * The order of rows within a window: by their key columns, null first, text by its code points. Made here and not by the
 * database, because each of those has its own idea of text, NULL and trailing blanks.
 */
enum RowOrder implements Comparator<StoredRow> {
    BY_KEY;

    @Override
    public int compare(StoredRow left, StoredRow right) {
        int compared = ValueOrder.ASCENDING.compare(left.key(), right.key());
        if (compared != 0) {
            return compared;
        }
        return compareKeys(left.rowKey(), right.rowKey());
    }

    /**
     * The order in which the databases keep row keys. Rows written in it fill one page after the other, where hashes at random
     * touch a page each: MariaDB takes a third more of them so.
     */
    static int compareKeys(Identity left, Identity right) {
        int byHigh = Long.compareUnsigned(left.high(), right.high());
        return byHigh != 0 ? byHigh : Long.compareUnsigned(left.low(), right.low());
    }
}
