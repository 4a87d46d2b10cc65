package dev.tandem.store;

import static dev.tandem.store.StoredColumn.optional;
import static dev.tandem.store.StoredColumn.required;

import dev.tandem.fold.Identity;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Output.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where records go in one mode, with a column for each of their fields. The fields come first, so that the table shows what its
 * definition says; the primary key is the hash of the key fields, for the reasons that {@link ResultTable} tells. A list is stored
 * as a JSON array, since not every database has lists.
 *
 * @param key where the key fields stand among the fields
 */
record RecordTable(Mode mode, What.Records what, List<Shape.Column> fields, List<Integer> key, StoredTable table) {
    static RecordTable of(Mode mode, What.Records what, Output.Table output, List<Shape.Column> fields) {
        var name = output.table(mode);
        if (what.kind() == What.Kind.QUARANTINE) {
            throw new StoreException(
                    "Cannot write the quarantine into the table '%s': refused records have no fields; read them in %s, or give the output a folder"
                            .formatted(name, OwnTables.QUARANTINE.name()));
        }
        var columns = new ArrayList<StoredColumn>();
        for (var field : fields) {
            columns.add(
                    optional(field.name(), field.type().isList() ? ColumnType.TEXT : new ColumnType.Of(field.type())));
        }
        columns.add(required("row_key", ColumnType.DIGEST));
        columns.add(required("as_of", ColumnType.TIME));
        columns.add(required("run_id", ColumnType.NAME));
        return new RecordTable(
                mode,
                what,
                List.copyOf(fields),
                key(name, output.key(), fields),
                new StoredTable(name, columns, List.of("row_key"), List.of()));
    }

    private static List<Integer> key(String table, List<String> names, List<Shape.Column> fields) {
        var all = fields.stream().map(Shape.Column::name).toList();
        if (names.isEmpty()) {
            throw new StoreException(
                    "Cannot keep records in the table '%s': nothing says which of them are the same; name the fields of its key"
                            .formatted(table));
        }
        for (var name : names) {
            if (!all.contains(name)) {
                throw new StoreException(
                        "Cannot tell the records of the table '%s' apart by '%s': they have no such field; use one of %s"
                                .formatted(table, name, all));
            }
        }
        return names.stream().map(all::indexOf).toList();
    }

    /** The record's values in the order of the columns; {@code record} has one for each field. */
    @Nullable
    Object[] values(List<? extends @Nullable Object> record, Identity rowKey, Instant asOf, String runId) {
        if (record.size() != fields.size()) {
            throw new IllegalArgumentException("Cannot write a record of %d values into '%s': it has %d fields"
                    .formatted(record.size(), table.name(), fields.size()));
        }
        var values = new ArrayList<@Nullable Object>(fields.size() + 3);
        for (int index = 0; index < fields.size(); index++) {
            var type = fields.get(index).type();
            var value = fitting(type, record.get(index));
            values.add(value != null && type.isList() ? Json.text(type, value) : value);
        }
        values.add(rowKey.bytes());
        values.add(asOf);
        values.add(runId);
        return values.toArray();
    }

    Identity rowKey(List<? extends @Nullable Object> record) {
        var values = new ArrayList<@Nullable Object>(key.size());
        for (int index : key) {
            values.add(fitting(fields.get(index).type(), record.get(index)));
        }
        return Identity.of(values);
    }

    /** A moment may come as an Instant or as microseconds since 1970, and must give one key. */
    private static @Nullable Object fitting(FieldType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (type.isTimestamp()) {
            return Times.instant(value);
        }
        if (type.isList() && value instanceof List<?> elements) {
            var element = type.asList().orElseThrow().element();
            var fitted = new ArrayList<@Nullable Object>(elements.size());
            elements.forEach(it -> fitted.add(fitting(element, it)));
            return fitted;
        }
        return value;
    }
}
