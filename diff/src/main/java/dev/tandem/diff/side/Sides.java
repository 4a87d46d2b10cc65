package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.DatabaseKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Every kind of table there is, each recognised by its address. */
public final class Sides {
    private static final Pattern PASSWORD = Pattern.compile("(//[^/@:]*):[^@]*@");

    private static final List<Function<TableReference, Optional<? extends Side>>> KINDS = List.of(
            ServerTables::recognise,
            SqliteTables::recognise,
            DuckDbSide::recognise,
            JdbcTables::recognise,
            TopicSide::recognise,
            FileSide::recognise);

    private Sides() {}

    public static Side of(TableReference given) {
        for (var kind : KINDS) {
            var side = kind.apply(given);
            if (side.isPresent()) {
                return side.get();
            }
        }
        throw DiffException.question(
                "Cannot compare '%s': it is neither a file nor an address; write a path of Parquet, CSV or JSON lines, postgres://user@host:5432/db?table=NAME, mysql://…, sqlite:FILE?table=NAME, duckdb:FILE?table=NAME, jdbc:…, kafka://host:9092/TOPIC or tandem:PIPELINE/VIEW@stream"
                        .formatted(masked(given.address())));
    }

    /**
     * All rows of {@code table}, which a schema may qualify.
     *
     * @param database an address without a table, or a file of SQLite's or DuckDB's
     */
    public static Side table(String database, String table, TableReference.Surroundings surroundings) {
        boolean mySql = database.startsWith("mysql:") || database.startsWith("mariadb:");
        var all = database.startsWith("jdbc:") ? "SELECT * FROM " + table : all(table, mySql);
        var address =
                database.contains(":") ? database : (database.endsWith(".duckdb") ? "duckdb:" : "sqlite:") + database;
        return of(new TableReference(address, Optional.of(all), surroundings));
    }

    /** The same of a server that is known already. */
    public static Side table(DatabaseAddress database, String table) {
        return DatabaseSide.of(database, all(table, database.kind() == DatabaseKind.MYSQL), database.told());
    }

    private static String all(String table, boolean mySql) {
        return DatabaseSide.all(table, mySql ? "`" : "\"");
    }

    /** A file that stands for the table that people call {@code shown}. */
    public static Side file(String shown, Path file) {
        return new FileSide(shown, file.toString(), Optional.empty());
    }

    /** {@code address} without a password. */
    static String masked(String address) {
        return PASSWORD.matcher(address).replaceFirst("$1:***@");
    }

    static void refuseQuery(TableReference given, String kind) {
        if (given.query().isPresent()) {
            throw DiffException.question(
                    "Cannot send a query to %s: %s cannot run one; use --left-where or --right-where to choose rows"
                            .formatted(given.address(), kind));
        }
    }
}
