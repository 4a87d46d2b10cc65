package dev.tandem.engine.definition;

import dev.tandem.engine.expression.Values;
import dev.tandem.engine.prepare.Lookup;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/** A dimension for the generated class, whose records have keys of {@code types}. */
record DimensionLookup(DimensionRows rows, List<DataType> types) implements Lookup {
    @Override
    public InternalRow find(InternalRow key) {
        if (types.size() == 1 && types.get(0) instanceof StringType) {
            return key.isNullAt(0) ? rows.none() : rows.ofText(key.getUTF8String(0));
        }
        var values = new ArrayList<@Nullable Object>(types.size());
        for (int index = 0; index < types.size(); index++) {
            values.add(Values.of(key, index, types.get(index)));
        }
        return rows.of(values);
    }
}
