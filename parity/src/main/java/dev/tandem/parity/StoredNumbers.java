package dev.tandem.parity;

import dev.tandem.fold.ResultRow;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one view as its tables hold them. MySQL and MariaDB hold null for NaN and the infinities, so where one of the view's
 * tables is theirs, a computed NaN and a stored null are the same.
 */
public record StoredNumbers(boolean finiteOnly) {
    public static StoredNumbers of(Pipeline pipeline, String view) {
        return new StoredNumbers(pipeline.outputs().stream()
                .flatMap(it -> it.asTable().stream())
                .anyMatch(it -> it.what().equals(new Output.What.OfView(view)) && it.isFiniteOnly()));
    }

    ResultRow of(ResultRow row) {
        return finiteOnly
                ? new ResultRow(
                        row.view(),
                        row.window(),
                        finite(row.key()),
                        finite(row.measures()),
                        row.status(),
                        row.revision(),
                        row.events())
                : row;
    }

    /** Values that were computed, as the tables hold them. */
    public List<@Nullable Object> of(List<@Nullable Object> values) {
        return finiteOnly ? finite(values) : values;
    }

    private static List<@Nullable Object> finite(List<@Nullable Object> values) {
        var finite = new ArrayList<>(values);
        finite.replaceAll(it -> it instanceof Double number && !Double.isFinite(number) ? null : it);
        return finite;
    }
}
