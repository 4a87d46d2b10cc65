package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.Numbers;
import dev.tandem.store.StoredRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are to be explained.
 *
 * @param view empty for all that both modes store
 * @param key some of the view's key columns with their values as text; empty text is null too
 * @param window a time in the row's window; where windows overlap, the start of one
 * @param timeOfDay the same without a date, in UTC, where only one date has such a row
 * @param row which of the worst rows, counted from 1; empty for the worst one if it differs
 * @param records how many are shown for each cause
 */
public record RowQuestion(
        Optional<String> view,
        Map<String, String> key,
        Optional<Instant> window,
        Optional<LocalTime> timeOfDay,
        Optional<Integer> row,
        int records) {
    public RowQuestion(
            Optional<String> view,
            Map<String, String> key,
            Optional<Instant> window,
            Optional<Integer> row,
            int records) {
        this(view, key, window, Optional.empty(), row, records);
    }

    /** The same at a time of day. */
    public RowQuestion at(Optional<LocalTime> time) {
        return new RowQuestion(view, key, window, time, row, records);
    }

    /** The time that is asked for, on the date of {@code span}. */
    Optional<Instant> asked(Span span) {
        return window.or(() -> timeOfDay.map(time -> {
            var sameDay = span.start().truncatedTo(ChronoUnit.DAYS).plusNanos(time.toNanoOfDay());
            return sameDay.isBefore(span.start()) ? sameDay.plus(1, ChronoUnit.DAYS) : sameDay;
        }));
    }

    /** The shapes that are asked for; an error says which views and keys there are. */
    List<Shape> shapes(Pipeline pipeline, List<Shape> stored) {
        var asked = stored.stream()
                .filter(shape -> view.isEmpty() || view.get().equals(shape.name()))
                .toList();
        if (asked.isEmpty()) {
            throw new EngineException("Cannot explain %s: '%s' has no such view with a table in both modes; %s"
                    .formatted(
                            view.map("'%s'"::formatted).orElse("a row"),
                            pipeline.name(),
                            stored.isEmpty()
                                    ? "give a view an output with 'table: \"${mode}_…\"'"
                                    : "use one of " + names(stored)));
        }
        asked.forEach(this::requireKeys);
        return asked;
    }

    private static String names(List<Shape> shapes) {
        return shapes.stream().map(Shape::name).collect(Collectors.joining(", "));
    }

    private void requireKeys(Shape shape) {
        var names = shape.keys().stream().map(Shape.Column::name).toList();
        for (var name : key.keySet()) {
            if (!names.contains(name)) {
                throw new EngineException("Cannot explain a row of '%s' by '%s': that is none of its keys; %s"
                        .formatted(
                                shape.name(),
                                name,
                                names.isEmpty() ? "it has none" : "they are " + String.join(", ", names)));
            }
        }
    }

    /** The values of key columns that a database can look for: whole numbers and texts. Rows that fit have these values. */
    Map<String, Object> searchable(Shape shape) {
        var values = new TreeMap<String, Object>();
        for (var column : shape.keys()) {
            var asked = key.get(column.name());
            if (asked != null) {
                searchable(column.type(), asked).ifPresent(value -> values.put(column.name(), value));
            }
        }
        return values;
    }

    private static Optional<Object> searchable(FieldType type, String asked) {
        return switch (type.kind()) {
            case TEXT -> asked.isEmpty() ? Optional.empty() : Optional.of(asked);
            case WHOLE -> {
                try {
                    yield Optional.of(Long.valueOf(asked));
                } catch (NumberFormatException isNone) {
                    yield Optional.empty();
                }
            }
            case FLOATING, DECIMAL, TRUTH, TIMESTAMP, DATE, LIST -> Optional.empty();
        };
    }

    boolean fits(Shape shape, StoredRow row) {
        return fits(shape, row.window(), row.key());
    }

    boolean fits(Shape shape, Span span, List<@Nullable Object> values) {
        return fitsKey(shape, values) && fitsWindow(shape, span);
    }

    boolean fitsKey(Shape shape, List<@Nullable Object> values) {
        for (int index = 0; index < shape.keys().size(); index++) {
            var asked = key.get(shape.keys().get(index).name());
            if (asked != null && !isSame(asked, values.get(index))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(String asked, @Nullable Object value) {
        if (Numbers.told(value).equals(asked)) {
            return true;
        }
        try {
            return value instanceof BigDecimal decimal && decimal.compareTo(new BigDecimal(asked)) == 0;
        } catch (NumberFormatException isNoNumber) {
            return false;
        }
    }

    private boolean fitsWindow(Shape shape, Span span) {
        if (span.equals(Span.ALL)) {
            return true;
        }
        var asked = asked(span);
        if (asked.isEmpty()) {
            return true;
        }
        var time = asked.get();
        boolean begins = shape.window()
                .asSliding()
                .filter(it -> Instants.micros(time) % (it.slide().toNanos() / 1_000) == 0)
                .isPresent();
        if (begins) {
            return span.start().equals(time);
        }
        return !span.start().isAfter(time) && span.end().isAfter(time);
    }
}
