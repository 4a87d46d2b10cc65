package dev.tandem.store;

import java.util.Locale;

/** The families of databases that results can be stored in. MariaDB speaks MySQL's language and is one of that family. */
public enum DatabaseKind {
    MYSQL,
    POSTGRES,
    SQLITE,
    DUCKDB;

    /** How the name of a DuckDB file ends. */
    private static final String DUCKDB_FILE = ".duckdb";

    /** The family of a database that a definition names: by a word, or SQLite and DuckDB by the file. */
    public static DatabaseKind of(String database) {
        return switch (database) {
            case "mysql", "mariadb" -> MYSQL;
            case "postgres", "postgresql" -> POSTGRES;
            case "duckdb" -> DUCKDB;
            default -> database.endsWith(DUCKDB_FILE) ? DUCKDB : SQLITE;
        };
    }

    /** The word of definitions and of the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Dialect dialect() {
        return switch (this) {
            case MYSQL -> new MySqlDialect();
            case POSTGRES -> new PostgresDialect();
            case SQLITE -> new SqliteDialect();
            case DUCKDB -> new DuckDbDialect();
        };
    }
}
