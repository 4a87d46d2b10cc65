package dev.tandem.engine.definition;

import static org.apache.spark.sql.functions.expr;

import dev.tandem.engine.expression.Types;
import dev.tandem.fold.Shape;
import dev.tandem.model.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Compiles what views compute after their measures are known. */
record Derivations(Steps.Nothing nothing) {
    static final String START = "window_start";
    static final String END = "window_end";

    /** {@code shape} has the keys and measures of {@code view}; empty if it derives nothing. */
    Optional<DerivedColumns> of(View.Grouped view, Shape shape) {
        if (view.derive().isEmpty() && view.having().isEmpty()) {
            return Optional.empty();
        }
        var columns = columns(shape);
        var given = types(columns);
        var derived = new ArrayList<DerivedColumns.One>();
        for (var assignment : view.derive()) {
            var chain = chain(columns, assignment.expression().text());
            var type = chain.type();
            var held = Types.ofSpark(type)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Cannot compute '%s' of view '%s': it is a %s, which no result can hold; use a number, text, time or boolean"
                                    .formatted(assignment.name(), view.name(), type.simpleString())));
            derived.add(new DerivedColumns.One(new Shape.Column(assignment.name(), held), type, chain.chain()));
            columns = columns.add(assignment.name(), type);
        }
        var seen = columns;
        var having = view.having().map(it -> chain(seen, it.text()).chain()).orElse(null);
        return Optional.of(new DerivedColumns(given, shape.windowed(), derived, having));
    }

    private record Typed(Chain chain, DataType type) {}

    private Typed chain(StructType columns, String text) {
        var rows = nothing.of(columns).select(expr(text));
        return new Typed(
                new Chain(Chain.projections(rows)), rows.schema().apply(0).dataType());
    }

    /** The columns that a derived one may name. */
    static StructType columns(Shape shape) {
        var columns = new StructType();
        if (shape.windowed()) {
            columns = columns.add(START, DataTypes.TimestampType).add(END, DataTypes.TimestampType);
        }
        for (var key : shape.keys()) {
            columns = columns.add(key.name(), Types.ofField(key.type()));
        }
        for (var measure : shape.measures()) {
            columns = columns.add(measure.name(), Types.ofField(measure.type()));
        }
        return columns;
    }

    private static List<DataType> types(StructType columns) {
        var types = new ArrayList<DataType>();
        for (var field : columns.fields()) {
            types.add(field.dataType());
        }
        return types;
    }
}
