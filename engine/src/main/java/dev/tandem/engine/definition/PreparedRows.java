package dev.tandem.engine.definition;

import dev.tandem.engine.expression.Values;
import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.model.Dedup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Reads prepared rows out of Spark's internal form into {@link Prepared} records. */
final class PreparedRows {
    private static final byte[] NO_BYTES = {};

    private final PreparedLayout layout;
    private final StructType type;
    private final boolean withRaw;

    PreparedRows(PreparedLayout layout, StructType type, boolean withRaw) {
        this.layout = layout;
        this.type = type;
        this.withRaw = withRaw;
    }

    Prepared prepared(InternalRow row) {
        var at = new Coordinates(row.getInt(PreparedLayout.PARTITION), row.getLong(PreparedLayout.POSITION));
        boolean rejected = !row.isNullAt(PreparedLayout.REASON);
        return new Prepared(
                at,
                row.getLong(PreparedLayout.ARRIVED) / 1_000,
                new Prepared.Raw(withRaw ? row.getBinary(PreparedLayout.RAW) : NO_BYTES),
                rejected ? Optional.of(rejection(row)) : Optional.empty(),
                exit(row),
                rejected ? 0 : row.getLong(PreparedLayout.EVENT),
                identity(row, rejected),
                rejected ? List.of() : values(row, layout.firstLandKey(), layout.landKey()),
                rejected ? List.of() : contributions(row),
                rejected ? List.of() : values(row, layout.firstField(), layout.fields()),
                unmatched(row, rejected));
    }

    private static Prepared.Rejection rejection(InternalRow row) {
        var detail = row.isNullAt(PreparedLayout.DETAIL)
                ? ""
                : row.getUTF8String(PreparedLayout.DETAIL).toString();
        return new Prepared.Rejection(row.getUTF8String(PreparedLayout.REASON).toString(), detail);
    }

    private static Optional<Prepared.Exit> exit(InternalRow row) {
        if (row.isNullAt(PreparedLayout.EXIT)) {
            return Optional.empty();
        }
        var text = row.getUTF8String(PreparedLayout.EXIT).toString();
        var branch = text.substring(1);
        return Optional.of(new Prepared.Exit(
                branch.isEmpty() ? Optional.empty() : Optional.of(branch), text.charAt(0) == Steps.AFTER_DEDUP));
    }

    private static List<String> unmatched(InternalRow row, boolean rejected) {
        return rejected || row.isNullAt(PreparedLayout.UNMATCHED)
                ? List.of()
                : List.of(row.getUTF8String(PreparedLayout.UNMATCHED).toString().split(","));
    }

    private Optional<Identity> identity(InternalRow row, boolean rejected) {
        if (rejected || layout.identity() == 0) {
            return Optional.empty();
        }
        var key = values(row, layout.firstIdentity(), layout.identity());
        return layout.nulls() == Dedup.Nulls.DISTINCT && key.contains(null)
                ? Optional.empty()
                : Optional.of(Identity.of(key));
    }

    private List<@Nullable Object> values(InternalRow row, int first, int count) {
        var values = new ArrayList<@Nullable Object>(count);
        for (int index = 0; index < count; index++) {
            values.add(Values.of(row, first + index, type.apply(first + index).dataType()));
        }
        return values;
    }

    private List<Prepared.Contribution> contributions(InternalRow row) {
        var all = new ArrayList<Prepared.Contribution>();
        for (int view = 0; view < layout.viewKeys().size(); view++) {
            int column = layout.firstView() + view;
            if (!row.isNullAt(column)) {
                contributions(row, column, view, all);
            }
        }
        return all;
    }

    private void contributions(InternalRow row, int column, int view, List<Prepared.Contribution> all) {
        var struct = (StructType) ((ArrayType) type.apply(column).dataType()).elementType();
        int keys = layout.viewKeys().get(view);
        int arguments = layout.viewArguments().get(view);
        int firstKey = struct.length() - keys - arguments;
        var elements = row.getArray(column);
        for (int element = 0; element < elements.numElements(); element++) {
            var contribution = elements.getStruct(element, struct.length());
            all.add(new Prepared.Contribution(
                    view,
                    values(contribution, struct, firstKey, keys),
                    values(contribution, struct, firstKey + keys, arguments)));
        }
    }

    private static List<@Nullable Object> values(InternalRow row, StructType struct, int first, int count) {
        var values = new ArrayList<@Nullable Object>(count);
        for (int index = first; index < first + count; index++) {
            values.add(Values.of(row, index, struct.apply(index).dataType()));
        }
        return values;
    }
}
