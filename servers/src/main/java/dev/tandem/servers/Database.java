package dev.tandem.servers;

/** A local server that speaks SQL: what a JDBC driver needs beside the address. */
public sealed interface Database extends LocalService permits MariaDb, PostgreSql {
    /** Without user and password, which stand in {@link #login}. */
    String jdbcUrl();

    /** The one account that may connect from outside; it owns its database and nothing else. */
    Login login();
}
