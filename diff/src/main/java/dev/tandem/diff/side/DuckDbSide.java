package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A table of a DuckDB file, which is opened for reading alone: {@code duckdb:shop.duckdb?table=orders}. Its types stay as they are. */
record DuckDbSide(String shown, Path file, String query) implements Side {
    private static final String SCHEME = "duckdb:";
    private static final String TABLE = "?table=";
    private static final String FOREIGN = "foreign_file";

    static Optional<Side> recognise(TableReference given) {
        if (!given.address().startsWith(SCHEME)) {
            return Optional.empty();
        }
        var rest = given.address().substring(SCHEME.length());
        int mark = rest.indexOf(TABLE);
        var file = given.path(mark < 0 ? rest : rest.substring(0, mark));
        var query = DatabaseSide.query(given, mark < 0 ? "" : rest.substring(mark + TABLE.length()), "\"");
        if (!Files.isRegularFile(file)) {
            throw DiffException.surroundings("Cannot read %s: there is no such file; check the path".formatted(file));
        }
        return Optional.of(new DuckDbSide(given.address(), file, query));
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
