package dev.tandem.app;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Place;
import dev.tandem.model.Problem;
import dev.tandem.model.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds tables that two definitions write: each pipeline would take the other's rows for its own. */
final class SharedTables {
    /** A table in a database as definitions name it. */
    private record Table(String database, String name) {
        private static Table of(String database, String name) {
            return new Table(database, name.toLowerCase(Locale.ROOT));
        }
    }

    private final Map<Table, String> owners = new HashMap<>();

    /** The tables of {@code pipeline} that one seen before it writes; {@code text} is its definition. */
    List<Problem> problems(Pipeline pipeline, String text) {
        var problems = new ArrayList<Problem>();
        for (var table : tables(pipeline)) {
            var owner = owners.putIfAbsent(table, pipeline.name());
            if (owner != null && !owner.equals(pipeline.name())) {
                problems.add(new Problem(
                        place(table.name(), text),
                        "the table '%s' in '%s' is the table of pipeline '%s' too"
                                .formatted(table.name(), table.database(), owner),
                        "give one of the two another name"));
            }
        }
        return problems;
    }

    private static List<Table> tables(Pipeline pipeline) {
        var tables = new ArrayList<Table>();
        pipeline.source()
                .landing()
                .<Optional<Source.Landing.Table>>fold(Optional::of, segments -> Optional.empty())
                .ifPresent(it -> tables.add(Table.of(it.database(), it.table())));
        for (var output : pipeline.tables()) {
            for (var mode : Mode.values()) {
                if (output.writes(mode)) {
                    tables.add(Table.of(output.database(), output.table(mode)));
                }
            }
        }
        return tables;
    }

    /** The line that says it, in its own letters. */
    private static Place place(String table, String text) {
        var lines = text.lines().map(it -> it.toLowerCase(Locale.ROOT)).toList();
        for (int number = 0; number < lines.size(); number++) {
            for (var mode : Mode.values()) {
                int column = Output.inMode(lines.get(number), mode).indexOf(table);
                if (column >= 0) {
                    int begin = lines.get(number).contains(table)
                            ? lines.get(number).indexOf(table)
                            : 0;
                    return new Place(number + 1, begin + 1, begin > 0 ? table.length() : 1);
                }
            }
        }
        return Place.NOWHERE;
    }
}
