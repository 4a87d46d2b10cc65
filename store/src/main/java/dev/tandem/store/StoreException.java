package dev.tandem.store;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/**
 * For the operator of a run: what could not be done with a database, why, and the hint. Never carries a password. Whoever
 * supervises a run asks {@link #retryable}: a lost connection or a deadlock passes, a wrong password or a lost epoch does not.
 */
public final class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Its errors for a table and for a whole database. */
    private static final Set<Integer> DENIED_BY_MYSQL = Set.of(1142, 1044);

    /** Whether doing the same again later can help. */
    private enum Outlook {
        PASSING,
        LASTING
    }

    private final Outlook outlook;

    private StoreException(String message, Throwable cause, Outlook outlook) {
        super(message, cause);
        this.outlook = outlook;
    }

    /** A refusal that only a person can fix. */
    public StoreException(String message) {
        super(message);
        this.outlook = Outlook.LASTING;
    }

    /** {@code task} is what was tried, verb and thing, as in {@code read the ledger of 'tweets'}. */
    static StoreException of(String task, DatabaseAddress address, SQLException cause) {
        return new StoreException(
                "Cannot %s in %s: %s; %s".formatted(task, address.told(), reason(cause), hint(cause)),
                cause,
                outlook(cause));
    }

    /** The database may or may not have committed {@code what}; only a query tells. */
    static StoreException unknownOutcome(String what, DatabaseAddress address, SQLException cause) {
        return new StoreException(
                "Cannot tell whether %s was committed in %s: %s; start the stream again: its ledger knows, and it goes on from there"
                        .formatted(what, address.told(), reason(cause)),
                cause,
                Outlook.PASSING);
    }

    /** The user has no right to create, and something is missing. */
    static StoreException mayNotCreate(
            StoredTable table, String pipeline, DatabaseAddress address, SQLException cause) {
        boolean rebuilding = !Generation.current(table.name()).equals(table.name());
        var hint = rebuilding
                ? "a rebuild makes tables, renames and drops them: run it as their owner"
                : "let the owner of the tables run what ./tandem ddl %s prints, then this user needs no more than select, insert, update and delete (docs/production.md, \"Rights in the database\")"
                        .formatted(pipeline);
        return new StoreException(
                "Cannot create the table '%s' in %s: %s; %s"
                        .formatted(table.name(), address.told(), reason(cause), hint),
                cause,
                Outlook.LASTING);
    }

    public boolean retryable() {
        return outlook == Outlook.PASSING;
    }

    /** Whether a table is not there, because nothing has made it yet. */
    public boolean tableMissing() {
        return getCause() instanceof SQLException cause && isTableMissing(cause);
    }

    static boolean isTableMissing(SQLException cause) {
        return Set.of("42S02", "42P01").contains(String.valueOf(cause.getSQLState()))
                || reason(cause).contains("no such table")
                || reason(cause).startsWith("Catalog Error: Table with name ");
    }

    /** Whether the user lacks a right, as PostgreSQL, or MySQL and MariaDB say it. */
    static boolean isDenied(SQLException cause) {
        return "42501".equals(cause.getSQLState()) || DENIED_BY_MYSQL.contains(cause.getErrorCode());
    }

    private static Outlook outlook(SQLException cause) {
        var state = stateClass(cause);
        boolean passing = cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException
                || state.equals("08")
                || state.equals("40")
                || state.equals("57")
                || isBusySqlite(cause)
                || isConflictInDuckDb(cause);
        return passing ? Outlook.PASSING : Outlook.LASTING;
    }

    private static boolean isBusySqlite(SQLException cause) {
        return reason(cause).contains("[SQLITE_BUSY");
    }

    /** Two transactions of one process have changed one row. */
    private static boolean isConflictInDuckDb(SQLException cause) {
        return reason(cause).startsWith("TransactionContext Error: ")
                && reason(cause).contains("onflict");
    }

    private static boolean isHeldByAnotherProcess(SQLException cause) {
        return reason(cause).contains("Could not set lock on file");
    }

    private static String hint(SQLException cause) {
        if (isHeldByAnotherProcess(cause)) {
            return "another process has this DuckDB file open, and one at a time can: end that one, or let it ask the questions";
        }
        return switch (stateClass(cause)) {
            case "08" -> "check that the database runs and is reachable";
            case "28" -> "check user and password";
            case "40" -> "try again";
            case "42" -> "create what is missing with 'tandem ddl', or check the user's rights";
            default -> "see the database's own log";
        };
    }

    private static String stateClass(SQLException cause) {
        var state = cause.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    /** One line: drivers add their own explanations below the first. */
    private static String reason(SQLException cause) {
        var first = cause.getMessage();
        var next = cause.getNextException();
        var message = next == null || next.getMessage() == null ? first : next.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }
}
