package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import java.nio.file.Path;
import java.util.Optional;

/** A table of a DuckDB file, which is opened for reading alone: {@code duckdb:shop.duckdb?table=orders}. Its types stay as they are. */
record DuckDbSide(String shown, Path file, String query) implements Side {
    private static final String SCHEME = "duckdb:";
    private static final String FOREIGN = "foreign_file";

    static Optional<Side> recognise(TableReference given) {
        return DatabaseFile.of(given, SCHEME).map(it -> new DuckDbSide(given.address(), it.path(), it.query()));
    }

    @Override
    public Reading read(Duck duck, String table) {
        var home =
                duck.list("SELECT current_catalog()", row -> row.getString(1)).get(0);
        try {
            duck.run("ATTACH %s AS %s (READ_ONLY)".formatted(Sql.text(file.toString()), FOREIGN));
            duck.run("USE " + FOREIGN);
            try {
                duck.run("CREATE TABLE %s.main.%s AS SELECT * FROM (%s)"
                        .formatted(Sql.name(home), Sql.name(table), query));
            } finally {
                duck.run("USE " + Sql.name(home));
                duck.run("DETACH " + FOREIGN);
            }
        } catch (DiffException e) {
            throw DiffException.surroundings(
                    "Cannot read %s: %s; check the table or query, and that no other process writes to the file"
                            .formatted(shown, e.getMessage()),
                    e);
        }
        return new Reading("one snapshot (one statement)", Typing.DECLARED);
    }
}
