package dev.tandem.diff.attach;

import dev.tandem.diff.attach.ForeignColumns.Found;
import dev.tandem.diff.table.Tolerance;
import dev.tandem.model.FieldType;
import dev.tandem.model.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a row of another job's table is the row that was counted. Counts and exact sums must be the same to the last digit. Doubles may be
 * apart by a billionth, since every engine adds them in another order; averages as far as the fewer digits of the two tell.
 */
final class Equality {
    private static final double NOISE = 1e-9;

    private final List<Optional<Column>> columns = new ArrayList<>();

    /** @param exact whether the digits of both are all there are */
    private record Column(boolean exact, double unit, Optional<Tolerance> tolerance) {}

    Equality(ViewPlan plan, List<Optional<Found>> compared) {
        for (int index = 0; index < compared.size(); index++) {
            int measure = index;
            columns.add(compared.get(index).map(found -> column(plan, measure, found)));
        }
    }

    private static Column column(ViewPlan plan, int index, Found found) {
        var shape = plan.shape().measures().get(index);
        var measures = plan.view().measures();
        boolean exact = index < measures.size() && isExact(measures.get(index).kind(), shape.type());
        var ours = shape.type().asDecimal().map(FieldType.Decimal::scale);
        int digits = Math.min(ours.orElse(Integer.MAX_VALUE), found.scale().orElse(Integer.MAX_VALUE));
        double unit = digits == Integer.MAX_VALUE ? 0 : 0.5 * Math.pow(10, -digits);
        return new Column(exact, unit, plan.attached().tolerance(shape.name()));
    }

    private static boolean isExact(Measure.Kind kind, FieldType type) {
        return switch (kind) {
            case COUNT, SUM, MIN, MAX, DISTINCT, FIRST, LAST, ANY_VALUE, COLLECT_DISTINCT -> !type.isFloating();
            case AVG, MEDIAN, PERCENTILE, APPROX_PERCENTILE, VARIANCE, STDDEV, APPROX_DISTINCT -> false;
        };
    }

    /** Whether the compared columns of both are equal. */
    boolean same(List<? extends @Nullable Object> counted, List<? extends @Nullable Object> stored) {
        for (int index = 0; index < columns.size(); index++) {
            if (!same(index, counted.get(index), stored.get(index))) {
                return false;
            }
        }
        return true;
    }

    boolean compares(int index) {
        return columns.get(index).isPresent();
    }

    boolean same(int index, @Nullable Object counted, @Nullable Object stored) {
        return columns.get(index).map(column -> same(column, counted, stored)).orElse(true);
    }

    private static boolean same(Column column, @Nullable Object counted, @Nullable Object stored) {
        if (!(counted instanceof Number ours) || !(stored instanceof Number theirs)) {
            return counted == null ? stored == null : counted.equals(stored);
        }
        if (column.tolerance().isEmpty() && column.exact() && !(theirs instanceof Double)) {
            return decimal(ours).compareTo(decimal(theirs)) == 0;
        }
        double one = ours.doubleValue();
        double other = theirs.doubleValue();
        if (!Double.isFinite(one) || !Double.isFinite(other)) {
            return Double.compare(one, other) == 0;
        }
        double larger = Math.max(Math.abs(one), Math.abs(other));
        double allowed = Math.max(NOISE * larger, column.exact() ? 0 : column.unit());
        return Math.abs(one - other) <= Math.max(allowed, tolerated(column, larger));
    }

    private static double tolerated(Column column, double larger) {
        return column.tolerance()
                .map(it -> it.amount().doubleValue() * (it.measure() == Tolerance.Measure.RELATIVE ? larger : 1))
                .orElse(0.0);
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    }
}
