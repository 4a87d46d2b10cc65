package dev.tandem.store;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * A table as every dialect makes it.
 *
 * @param key the columns of the primary key
 * @param indexes the others
 */
record StoredTable(String name, List<StoredColumn> columns, List<String> key, List<Index> indexes) {
    /** An index over {@code columns}. */
    record Index(Kind kind, List<String> columns) {
        enum Kind {
            PLAIN,
            UNIQUE
        }

        static Index plain(String... columns) {
            return new Index(Kind.PLAIN, List.of(columns));
        }

        static Index unique(String... columns) {
            return new Index(Kind.UNIQUE, List.of(columns));
        }
    }

    private static final int LONGEST_STEM = 40;

    StoredTable {
        StoredColumn.checkName("table", name);
        columns = List.copyOf(columns);
        var seen = new HashSet<String>();
        for (var column : columns) {
            // Databases do not tell names apart by case everywhere.
            if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new StoreException(
                        "Cannot make table '%s': two of its columns are named '%s'; rename the key, measure or field of that name"
                                .formatted(name, column.name()));
            }
        }
    }

    List<ColumnType> types() {
        return columns.stream().map(StoredColumn::type).toList();
    }

    List<String> names() {
        return columns.stream().map(StoredColumn::name).toList();
    }

    String nameOf(Index index) {
        return nameOfIndex(name, indexes.indexOf(index));
    }

    /** The name of a table's index, unique in the database and short enough for each. */
    static String nameOfIndex(String table, int number) {
        var stem = table.length() <= LONGEST_STEM
                ? table
                : table.substring(0, LONGEST_STEM) + Integer.toHexString(table.hashCode());
        return stem + "_by_" + number;
    }

    /** The same columns under another name. */
    StoredTable named(String other) {
        return new StoredTable(other, columns, key, indexes);
    }

    List<StoredColumn> beyondKey() {
        return columns.stream().filter(it -> !key.contains(it.name())).toList();
    }
}
