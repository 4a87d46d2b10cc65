package dev.tandem.engine.definition;

import dev.tandem.engine.expression.Values;
import dev.tandem.fold.Derivation;
import dev.tandem.fold.Shape;
import dev.tandem.model.Window.Span;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The derived columns and the condition of one view, as generated code over a row of window bounds, keys and measures. Each
 * expression is a chain of its own, over the row with the earlier ones at its end: where one fails on a row (a division by zero,
 * say) its column is null there, in both modes alike, and a condition that fails is not true.
 */
final class DerivedColumns implements Derivation {
    private static final long serialVersionUID = 1L;

    /** One expression: its column and what computes it. */
    record One(Shape.Column column, DataType type, Chain chain) implements java.io.Serializable {}

    private final List<DataType> given;
    private final boolean windowed;
    private final ArrayList<One> columns;
    private final @Nullable Chain having;
    private transient volatile @Nullable ConcurrentLinkedQueue<Running> idle;

    private record Running(List<Chain.Running> columns, Optional<Chain.Running> having) {}

    /** {@code given} are the types of window bounds (where {@code windowed}), keys and measures. */
    DerivedColumns(List<DataType> given, boolean windowed, List<One> columns, @Nullable Chain having) {
        this.given = List.copyOf(given);
        this.windowed = windowed;
        this.columns = new ArrayList<>(columns);
        this.having = having;
    }

    List<Shape.Column> columns() {
        return columns.stream().map(One::column).toList();
    }

    @Override
    public Optional<List<@Nullable Object>> of(
            Span window, List<@Nullable Object> key, List<@Nullable Object> measures) {
        var queue = queue();
        var free = queue.poll();
        var running = free != null ? free : running();
        try {
            return of(running, window, key, measures);
        } finally {
            queue.add(running);
        }
    }

    private Optional<List<@Nullable Object>> of(
            Running running, Span window, List<@Nullable Object> key, List<@Nullable Object> measures) {
        var row = new @Nullable Object[given.size() + columns.size()];
        int at = 0;
        if (windowed) {
            row[at] = Values.internal(window.start(), given.get(at++));
            row[at] = Values.internal(window.end(), given.get(at++));
        }
        for (var value : key) {
            row[at] = Values.internal(value, given.get(at++));
        }
        for (var value : measures) {
            row[at] = Values.internal(value, given.get(at++));
        }
        var values = new ArrayList<>(measures);
        for (int index = 0; index < columns.size(); index++) {
            var value = computed(
                    running.columns().get(index), row, columns.get(index).type());
            row[at++] = Values.internal(value, columns.get(index).type());
            values.add(value);
        }
        boolean shown = running.having()
                .map(condition ->
                        Boolean.TRUE.equals(computed(condition, row, org.apache.spark.sql.types.DataTypes.BooleanType)))
                .orElse(true);
        return shown ? Optional.of(values) : Optional.empty();
    }

    private static @Nullable Object computed(Chain.Running chain, @Nullable Object[] row, DataType type) {
        try {
            return Values.of(chain.apply(new GenericInternalRow(row)), 0, type);
        } catch (SparkRuntimeException | ArithmeticException | DateTimeException | IllegalArgumentException failed) {
            return null;
        }
    }

    private Running running() {
        return new Running(
                columns.stream().map(one -> one.chain().running()).toList(),
                Optional.ofNullable(having).map(Chain::running));
    }

    private synchronized ConcurrentLinkedQueue<Running> queue() {
        var queue = idle;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            idle = queue;
        }
        return queue;
    }
}
