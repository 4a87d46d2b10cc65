package dev.tandem.store;

import java.util.Locale;

/** The families of databases that results can be stored in. MariaDB speaks MySQL's language and is one of that family. */
public enum DatabaseKind {
    MYSQL,
    POSTGRES,
    SQLITE;

    /** The word of definitions and of the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Dialect dialect() {
        return switch (this) {
            case MYSQL -> new MySqlDialect();
            case POSTGRES -> new PostgresDialect();
            case SQLITE -> new SqliteDialect();
        };
    }
}
