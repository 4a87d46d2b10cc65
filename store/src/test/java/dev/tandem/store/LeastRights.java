package dev.tandem.store;

import static dev.tandem.store.Sample.ELSEWHERE;
import static dev.tandem.store.Sample.LAYOUT;
import static dev.tandem.store.Sample.changes;
import static dev.tandem.store.Sample.entry;
import static dev.tandem.store.Sample.record;
import static dev.tandem.store.Sample.stats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The two users of docs/production.md on a server: the owner makes the tables with what {@code tandem ddl} prints, the other one runs
 * without a right to create.
 */
record LeastRights(DatabaseAddress administrator, DatabaseAddress owner, DatabaseAddress runner) {
    static final DatabaseAddress.Login OWNER = new DatabaseAddress.Login("tandem_owner", "owner-secret");
    static final DatabaseAddress.Login RUNNER = new DatabaseAddress.Login("tandem_run", "run-secret");

    /** @param before statements that stand for what an administrator may do by nature */
    void grantAsDocumented(String server, List<String> before) throws IOException {
        var document = Files.readString(Path.of("..", "docs", "production.md"));
        var section = document.substring(document.indexOf("\n" + server + ", as an administrator"));
        var block = section.substring(section.indexOf("```sql\n") + "```sql\n".length());
        var statements = statements(block.substring(0, block.indexOf("```")));
        assertThat(statements).hasSizeGreaterThan(4);
        run(administrator, Stream.concat(before.stream(), statements.stream()).toList());
    }

    void areEnough() {
        var missing = "Cannot create the table 'tandem_schema' in %s: ".formatted(runner.told());
        assertThatThrownBy(() -> Ddl.create(runner, LAYOUT))
                .hasMessageStartingWith(missing)
                .hasMessageContaining("denied")
                .hasMessageContaining(
                        "; let the owner of the tables run what ./tandem ddl tweets prints, then this user");
        var printed = statements(Ddl.text(owner.kind(), LAYOUT) + Ddl.text(owner.kind(), ELSEWHERE));
        run(owner, printed);
        run(owner, printed);
        Ddl.create(runner, LAYOUT);
        Ddl.create(runner, ELSEWHERE);
        Ddl.createOwn(runner, "tweets");
        writeAndRead();
        assertThatThrownBy(() -> run(runner, List.of("drop table stream_stats")))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> run(runner, List.of("create table another (it int)")))
                .isInstanceOf(StoreException.class);
    }

    private void writeAndRead() {
        var writer = new JdbcStreamLedger.Writer("run-1", "runner");
        try (var ledger = new JdbcStreamLedger(runner, LAYOUT, writer, StoreRoom.CLOCK)) {
            ledger.takeOver();
            ledger.commit(changes(1, List.of(record(0)), List.of(stats("a", 1))), entry(0, 1));
            ledger.commit(changes(2, List.of(record(1)), List.of(stats("a", 2))), entry(1, 1));
        }
        new BatchResults(runner, LAYOUT, StoreRoom.CLOCK)
                .replace(
                        "b",
                        List.of(stats("a", 2)).iterator(),
                        Map.of(Sample.EVENTS, List.<List<@Nullable Object>>of().iterator()));
        for (var table : List.of("stream_stats", "batch_stats")) {
            assertThat(StoreRoom.drained(new ResultReader(runner, Sample.STATS, table).rows()))
                    .hasSize(1);
        }
    }

    private static List<String> statements(String script) {
        return Arrays.stream(script.split(";\n"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static void run(DatabaseAddress address, List<String> statements) {
        Session.with(address, "run a script", session -> {
            for (var statement : statements) {
                session.execute(statement);
            }
            return statements;
        });
    }
}
