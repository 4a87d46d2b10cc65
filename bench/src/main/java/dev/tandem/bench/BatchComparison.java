package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** {@code ./tandem batch} beside DuckDB, over the same Parquet segments that a stream has landed. */
record BatchComparison(Ground ground, Setting setting, Programs programs) {
    static final String DUCKDB = "DuckDB";

    void measure(long events, int rounds) throws IOException, InterruptedException, SQLException {
        setting.forgetTables();
        ground.topics(setting.topic());
        long records = ground.fill(setting.topic(), events);
        var folder = setting.folder().resolve("batch");
        var definition = new InSegments(setting.definition()).write(folder);
        var home = folder.resolve("home");
        tandem("stream", definition, home, folder.resolve("stream.log"), "--drain");
        System.out.printf("%nbatch: %,d landed records; seconds are wall time of the whole process%n", records);
        var comparison = new Comparison(records);
        for (int round = 1; round <= rounds; round++) {
            var log = folder.resolve("batch-%d.log".formatted(round));
            double serversBefore = ground.cpuSeconds();
            var took = tandem("batch", definition, home, log);
            double servers = ground.cpuSeconds() - serversBefore;
            comparison.note("./tandem batch", new Comparison.Run(took.wallSeconds(), took.cpuSeconds(), servers));
            tellWork(log);

            var duck = setting.at(folder.resolve("duckdb-" + round), 0);
            var figures = programs.duck(home.resolve("segments") + "/*/*/*-p*.parquet")
                    .run(duck);
            comparison.note(DUCKDB, new Comparison.Run(figures.of("wall"), figures.of("process-cpu"), 0));
            System.out.println("    " + figures.line());
            ResultRows.stored(setting, "batch_").requireEqual("Tandem", ResultRows.written(duck), DUCKDB);
        }
        System.out.printf(
                "checked: in each round both gave the same %,d rows%n",
                ResultRows.stored(setting, "batch_").count());
        comparison.tellMedians(List.of(DUCKDB));
    }

    /** The batch's own last line: how long the counting took, without the start of Java and Spark. */
    private static void tellWork(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        System.out.println("    " + lines.get(lines.size() - 1));
    }

    private Command.Took tandem(String verb, Path definition, Path home, Path log, String... options)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(verb, definition.toString(), "--home", home.toString()));
        words.addAll(List.of(options));
        var took = programs.launcher(words, servers(), log).run();
        if (took.exitCode() != 0) {
            throw new IOException("./tandem %s ended with %d; see %s".formatted(verb, took.exitCode(), log));
        }
        return took;
    }

    private List<Command.Variable> servers() {
        var database = setting.database();
        return List.of(
                new Command.Variable("KAFKA_BOOTSTRAP_SERVERS", setting.bootstrap()),
                new Command.Variable("MYSQL_HOST", database.host()),
                new Command.Variable("MYSQL_PORT", String.valueOf(database.port())),
                new Command.Variable("MYSQL_DATABASE", database.database()),
                new Command.Variable("MYSQL_USER", database.login().user()),
                new Command.Variable("MYSQL_PASSWORD", database.login().password()));
    }
}
