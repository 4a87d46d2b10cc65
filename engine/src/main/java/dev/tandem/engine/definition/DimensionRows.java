package dev.tandem.engine.definition;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.expression.Types;
import dev.tandem.engine.expression.Values;
import dev.tandem.model.Dimension;
import dev.tandem.model.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * One version of a dimension, whole in memory, as rows to be put behind a record: every field but the key, then whether there was
 * a row at all.
 */
public final class DimensionRows implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String MATCHED = ParsedRows.INTERNAL + "matched_";

    private final String name;
    private final String version;
    private final List<String> key;
    private final List<Schema.Field> fields;
    private final HashMap<List<@Nullable Object>, InternalRow> byKey = new HashMap<>();
    private final InternalRow none;
    private transient volatile @Nullable Map<UTF8String, InternalRow> byText;

    private DimensionRows(Dimension dimension, String version) {
        this.name = dimension.name();
        this.version = version;
        this.key = dimension.key();
        this.fields = dimension.schema().fields().stream()
                .filter(field -> !dimension.key().contains(field.name()))
                .toList();
        var nulls = new @Nullable Object[fields.size() + 1];
        nulls[fields.size()] = false;
        none = new GenericInternalRow(nulls);
    }

    /**
     * Takes in the rows of {@code dimension}, each with its values in the order of the schema, as the record parser gives them.
     *
     * @param version the hash of what was read
     * @throws EngineException if two rows have one key: a record would be joined with either
     */
    public static DimensionRows of(Dimension dimension, String version, List<@Nullable Object[]> rows) {
        var all = new DimensionRows(dimension, version);
        var schema = dimension.schema();
        for (var row : rows) {
            var values = new HashMap<String, @Nullable Object>();
            for (int index = 0; index < row.length; index++) {
                var type = Types.ofField(schema.fields().get(index).type());
                values.put(schema.fields().get(index).name(), Values.internal(row[index], type));
            }
            all.add(dimension, values);
        }
        return all;
    }

    private void add(Dimension dimension, Map<String, @Nullable Object> values) {
        var key = new ArrayList<@Nullable Object>();
        var internal = new @Nullable Object[dimension.key().size()];
        for (int index = 0; index < internal.length; index++) {
            internal[index] = values.get(dimension.key().get(index));
        }
        var keyRow = new GenericInternalRow(internal);
        for (int index = 0; index < internal.length; index++) {
            var field = dimension.schema().named(dimension.key().get(index)).orElseThrow();
            key.add(Values.of(keyRow, index, Types.ofField(field.type())));
        }
        var row = new @Nullable Object[fields.size() + 1];
        for (int index = 0; index < fields.size(); index++) {
            row[index] = values.get(fields.get(index).name());
        }
        row[fields.size()] = true;
        if (byKey.putIfAbsent(key, new GenericInternalRow(row)) != null) {
            throw new EngineException(
                    "Cannot use the dimension '%s' from %s: two of its rows have the key %s; leave one of them"
                            .formatted(name, dimension.file(), key));
        }
    }

    /** No row has the key that is null. */
    InternalRow of(List<@Nullable Object> key) {
        return key.contains(null) ? none : byKey.getOrDefault(key, none);
    }

    /** The row for a key of one text. */
    InternalRow ofText(UTF8String key) {
        return texts().getOrDefault(key, none);
    }

    /** What a record gets that has no row. */
    InternalRow none() {
        return none;
    }

    /** The rows by Spark's form of their key, so that a record's need not be decoded. */
    private Map<UTF8String, InternalRow> texts() {
        var known = byText;
        if (known == null) {
            known = new HashMap<>();
            for (var row : byKey.entrySet()) {
                if (row.getKey().size() == 1 && row.getKey().get(0) instanceof String text) {
                    known.put(UTF8String.fromString(text), row.getValue());
                }
            }
            byText = known;
        }
        return known;
    }

    /** The columns that it puts behind a row. */
    StructType type() {
        var type = new StructType();
        for (var field : fields) {
            type = type.add(field.name(), Types.ofField(field.type()));
        }
        return type.add(matched(name), DataTypes.BooleanType);
    }

    /** The fields that a record is found by. */
    List<String> key() {
        return key;
    }

    static String matched(String dimension) {
        return MATCHED + dimension;
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    public int size() {
        return byKey.size();
    }
}
