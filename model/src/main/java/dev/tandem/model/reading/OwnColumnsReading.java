package dev.tandem.model.reading;

import dev.tandem.model.Output.What;
import dev.tandem.model.OwnColumns;
import dev.tandem.model.Place;
import dev.tandem.model.Schema;
import dev.tandem.model.Source.Landing;
import dev.tandem.model.View;
import java.util.List;

/** Refuses names of a definition that an output has for columns of its own, and says how to rename each. */
final class OwnColumnsReading {
    private final Problems problems;
    private final ColumnsOf columnsOf;
    private final Columns columns;

    OwnColumnsReading(Problems problems, ColumnsOf columnsOf, Columns columns) {
        this.problems = problems;
        this.columnsOf = columnsOf;
        this.columns = columns;
    }

    /** An output of the kind {@code kind}, which names its target at {@code place}. */
    void refuse(What what, String kind, Place place) {
        boolean table = kind.equals("table");
        boolean object = kind.equals("kafka") || kind.equals("latest");
        columnsOf.grouped(what).filter(view -> table || object).ifPresent(view -> {
            var own = table ? OwnColumns.OF_VIEW_TABLE : OwnColumns.OF_VIEW_OBJECT;
            var target = "%s of '%s'".formatted(table ? "the table" : "each row", what.name());
            ViewReading.columns(view).forEach(name -> refuse(name, own, target, hint(view, name), place));
        });
        if (table && !what.isView() && !columnsOf.isQuarantine(what)) {
            var target = "the table of '%s'".formatted(what.name());
            columnsOf
                    .columns(what)
                    .orElse(List.of())
                    .forEach(name -> refuse(name, OwnColumns.OF_RECORD_TABLE, target, hint(name), place));
        }
    }

    private static String hint(View.Grouped view, String name) {
        return view.by().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .map(key -> "give the key another name, as in by: { my_%s: \"%s\" }"
                        .formatted(name, key.expression().text().replace("`", "")))
                .orElseGet(() -> "rename it, as in 'my_%s'".formatted(name));
    }

    private String hint(String name) {
        return columns.type(name)
                .map(type -> "rename the field, as in \"my_%s %s FROM '%s'\"".formatted(name, type.sql(), name))
                .orElse("set another column, as in 'my_%s'".formatted(name));
    }

    private void refuse(String name, List<String> own, String target, String hint, Place place) {
        OwnColumns.collision(name, own)
                .ifPresent(
                        taken -> problems.add(place, "%s has a column '%s' of its own".formatted(target, taken), hint));
    }

    /** The fields that a landing table keeps beside the bytes. */
    static void refuse(Landing landing, Schema schema, Problems problems, Place place) {
        for (var name : landing.key()) {
            OwnColumns.collision(name, OwnColumns.OF_LANDING_TABLE)
                    .flatMap(taken -> schema.named(name))
                    .ifPresent(field -> problems.add(
                            place,
                            "the landing table has a column '%s' of its own".formatted(name),
                            "rename the field, as in \"my_%s %s FROM %s\""
                                    .formatted(
                                            name,
                                            field.type().sql(),
                                            field.origin().sql())));
        }
    }
}
