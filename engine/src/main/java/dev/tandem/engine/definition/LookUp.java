package dev.tandem.engine.definition;

import dev.tandem.engine.expression.Values;
import dev.tandem.engine.prepare.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** Puts a dimension's row behind each row, found by the columns at {@code keys}; one of nulls where there is none. */
record LookUp(DimensionRows rows, List<Integer> keys, List<DataType> types) implements Chain.Link {
    @Override
    public UnaryOperator<InternalRow> running() {
        var joined = new JoinedRow();
        return row -> joined.apply(row, rows.of(key(row)));
    }

    @Override
    public Stage stage() {
        return new Stage.Joined(
                new DimensionLookup(rows, types), keys, List.of(rows.type().fields()));
    }

    private List<@Nullable Object> key(InternalRow row) {
        var key = new ArrayList<@Nullable Object>(keys.size());
        for (int index = 0; index < keys.size(); index++) {
            key.add(Values.of(row, keys.get(index), types.get(index)));
        }
        return key;
    }
}
