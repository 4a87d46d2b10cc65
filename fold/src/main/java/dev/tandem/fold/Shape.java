package dev.tandem.fold;

import dev.tandem.model.FieldType;
import dev.tandem.model.Measure;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a view with the types that the engine has inferred from its expressions. Key columns first, then measures;
 * window bounds are not among them.
 */
public record Shape(String name, Window window, List<Column> keys, List<Column> measures) implements Serializable {
    public record Column(String name, FieldType type) implements Serializable {}

    /**
     * What one measure of a grouped view computes, over arguments of which type.
     *
     * @param parameter what the kind says, such as the fraction of a percentile; 0 of a measure that has none
     */
    public record Argument(String name, Measure.Kind kind, FieldType type, double parameter) implements Serializable {
        public Argument(String name, Measure.Kind kind, FieldType type) {
            this(name, kind, type, 0);
        }

        FieldType resultType() {
            return kind.resultType(type);
        }
    }

    /** A view that ranks another one's rows. */
    public record Ranked(Shape shape, View.Top view) implements Serializable {}

    public Shape {
        keys = List.copyOf(keys);
        measures = List.copyOf(measures);
    }

    public boolean windowed() {
        return !window.isGlobal();
    }

    /** The shape of a grouped view whose key expressions have {@code keyTypes} and whose measures have {@code arguments}. */
    public static Shape ofGrouped(
            View.Grouped view, List<FieldType> keyTypes, List<Argument> arguments, List<Column> derived) {
        var keys = new ArrayList<Column>();
        for (int index = 0; index < keyTypes.size(); index++) {
            keys.add(new Column(view.by().get(index).name(), keyTypes.get(index)));
        }
        var measures = new ArrayList<Column>();
        arguments.forEach(it -> measures.add(new Column(it.name(), it.resultType())));
        measures.addAll(derived);
        return new Shape(view.name(), view.window(), keys, measures);
    }

    /** A top-N view: the rank is its key, the keys and measures of the ranked view are its values. */
    static Ranked ofTop(View.Top view, Shape ranked) {
        var values = new ArrayList<>(ranked.keys());
        values.addAll(ranked.measures());
        var rank = new Column(View.Top.RANK, FieldType.LONG);
        return new Ranked(new Shape(view.name(), ranked.window(), List.of(rank), values), view);
    }
}
