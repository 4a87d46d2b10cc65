package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreTest extends StoreContract {
    @TempDir
    static Path directory = Path.of("");

    /** Keeps the file open: to open it anew for each question takes longer than the questions. */
    private static Connection open;

    @BeforeAll
    static void openOnce() {
        open = new DatabaseAddress.DuckDb(directory.resolve("store.duckdb")).open();
    }

    @AfterAll
    static void closeAtLast() throws SQLException {
        open.close();
    }

    @Override
    Optional<String> hangingUp() {
        return Optional.empty();
    }

    /** Its columns take text of any length. */
    @Override
    boolean limitsText() {
        return false;
    }

    @Override
    DatabaseAddress address() {
        return new DatabaseAddress.DuckDb(directory.resolve("store.duckdb"));
    }

    /** A table with an index cannot be changed. */
    @Override
    List<String> withoutColumn(String table, String column) {
        var all = new ArrayList<>(List.of("drop index \"%s\"".formatted(StoredTable.nameOfIndex(table, 0))));
        all.addAll(super.withoutColumn(table, column));
        return all;
    }

    /** Opens a file in a process of its own and tells how that went. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) {
            try {
                new DatabaseAddress.DuckDb(arguments[0]).requireAnswer();
                System.out.println("opened");
            } catch (StoreException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void isRefusedWhileAnotherProcessHasItOpen() throws Exception {
        var file = directory.resolve("held.duckdb");
        try (var held = new DatabaseAddress.DuckDb(file).open()) {
            assertThat(held.isValid(1)).isTrue();
            assertThat(openedElsewhere(file))
                    .startsWith("Cannot open a connection in duckdb:%s: ".formatted(file.toAbsolutePath()))
                    .endsWith(
                            "; another process has this DuckDB file open, and one at a time can: end that one, or let it ask the questions");
        }
        assertThat(openedElsewhere(file)).isEqualTo("opened");
    }

    @Test
    void opensWhileAnotherThreadClosesTheLastConnection() throws Exception {
        var address = new DatabaseAddress.DuckDb(directory.resolve("shared.duckdb"));
        var threads = Executors.newFixedThreadPool(3);
        try {
            for (var opening :
                    threads.invokeAll(Collections.nCopies(300, Executors.callable(address::requireAnswer, "opened")))) {
                assertThat(opening.get()).isEqualTo("opened");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String openedElsewhere(Path file) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        file.toAbsolutePath().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var told = out.readLine();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return String.valueOf(told);
        }
    }
}
