package dev.tandem.diff;

import dev.tandem.diff.report.Answer;
import dev.tandem.diff.side.Sides;
import dev.tandem.diff.side.TableReference;
import dev.tandem.diff.table.Question;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A folder with tables that a test makes by SQL in a DuckDB of its own, and questions about them. */
final class TwoTables implements AutoCloseable {
    static final int MEGABYTES = 400;

    private final Path folder;
    private final Connection connection;

    TwoTables(Path folder) throws SQLException {
        this.folder = folder;
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
        run("SET TimeZone = 'UTC'");
    }

    Path folder() {
        return folder;
    }

    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Writes what {@code sql} selects into a file, whose format its name tells. */
    void write(String file, String sql) throws SQLException {
        var options = file.endsWith(".csv")
                ? "FORMAT csv, HEADER"
                : file.endsWith(".parquet") ? "FORMAT parquet" : "FORMAT json";
        run("COPY (%s) TO '%s' (%s)".formatted(sql, folder.resolve(file), options));
    }

    Question.Source source(String address) {
        return source(address, Optional.empty());
    }

    Question.Source source(String address, Optional<String> where) {
        var surroundings = new TableReference.Surroundings(folder, folder.resolve("ext"), "");
        return new Question.Source(
                Sides.of(new TableReference(address, Optional.empty(), surroundings)), where, Optional.empty());
    }

    Question question(String left, String right, String... key) {
        return question(left, right, Question.Choice.ALL, key);
    }

    Question question(String left, String right, Question.Choice choice, String... key) {
        return new Question(
                "test", source(left), source(right), List.of(key), choice, Optional.empty(), Question.Extent.USUAL);
    }

    Answer ask(Question question) throws InterruptedException {
        return ask(question, duration -> {});
    }

    Answer ask(Question question, Diff.Waiting waiting) throws InterruptedException {
        var setting =
                new Diff.Setting(folder.resolve("scratch"), MEGABYTES, Clock.systemUTC(), waiting, progress -> {});
        return new Diff(setting).answer(question, folder.resolve("report"));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
