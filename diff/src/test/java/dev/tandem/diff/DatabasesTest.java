package dev.tandem.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.diff.attach.RawRows;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.side.Sides;
import dev.tandem.diff.side.TableReference;
import dev.tandem.diff.table.Question;
import dev.tandem.diff.table.Result;
import dev.tandem.diff.table.Result.Counts;
import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import dev.tandem.model.Source;
import dev.tandem.servers.Database;
import dev.tandem.servers.Lifetime;
import dev.tandem.servers.MariaDb;
import dev.tandem.servers.Places;
import dev.tandem.servers.PostgreSql;
import dev.tandem.store.DatabaseAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same orders in real servers and in files: a thousand of them, of which three differ by what a statement did to them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabasesTest {
    private static final int ROWS = 1_000;

    private TwoTables tables;
    private PostgreSql postgres;
    private MariaDb mariaDb;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        tables = new TwoTables(folder);
        var homes = Files.createDirectories(Path.of("target", "test-homes"));
        var home = Files.createTempDirectory(homes, "home");
        // Root hands its databases to nobody, and temporary folders are closed to others.
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        var places =
                new Places(Path.of("..", "servers", "target", "servers"), home, Path.of("..", "target", "test-cache"));
        postgres = PostgreSql.start(places, Lifetime.WITH_THIS_JVM);
        mariaDb = MariaDb.start(places, Lifetime.WITH_THIS_JVM);
        fillPostgres();
        fillMariaDb();
        fillSqlite();
        tables.write("orders.parquet", """
                SELECT i AS id, TIMESTAMP '2026-01-01' + to_hours(i) AS ordered_at, (i * 1.25)::DECIMAL(12, 2) AS amount,
                  i * 0.1::DOUBLE AS weight, 'customer ' || i % 7 AS customer, i % 2 = 0 AS paid FROM range(1000) t(i)""");
    }

    @AfterAll
    void stop() throws Exception {
        postgres.close();
        mariaDb.close();
        tables.close();
    }

    private static DatabaseAddress.Server server(Database service) {
        int colon = service.address().lastIndexOf(':');
        return new DatabaseAddress.Server(
                service.address().substring(0, colon),
                Integer.parseInt(service.address().substring(colon + 1)),
                service.login().database(),
                new DatabaseAddress.Login(
                        service.login().user(), service.login().password()));
    }

    private void fillPostgres() throws Exception {
        try (var connection = new DatabaseAddress.Postgres(server(postgres)).open()) {
            execute(
                    connection,
                    "create table orders (id int, ordered_at timestamptz, amount numeric(12, 2), weight double precision, customer text, paid boolean)",
                    "insert into orders select i, timestamptz '2026-01-01 00:00:00+00' + i * interval '1 hour', i * 1.25, i * 0.1::double precision, 'customer ' || i % 7, i % 2 = 0 from generate_series(0, 999) i",
                    "create view wrong as select id, ordered_at, case id when 17 then amount + 1 else amount end as amount, weight, customer, paid from orders where id <> 20 union all select 5000, now(), 1, 1, 'new', true");
        }
    }

    private void fillMariaDb() throws Exception {
        try (var connection = new DatabaseAddress.MySql(server(mariaDb)).open()) {
            execute(
                    connection,
                    "create table orders (Id bigint unsigned, OrderedAt datetime(6), Amount decimal(12, 2), Weight double, Customer varchar(40), Paid tinyint(1))",
                    "insert into orders select seq, timestamp('2026-01-01') + interval seq hour, seq * 1.25, seq * 0.1e0, concat('customer ', seq % 7), seq % 2 = 0 from seq_0_to_999");
        }
    }

    private void fillSqlite() throws Exception {
        try (var connection = org.sqlite.JDBC.createConnection(
                "jdbc:sqlite:" + tables.folder().resolve("shop.db"), new Properties())) {
            execute(
                    connection,
                    "create table orders (id integer, ordered_at text, amount text, weight real, customer text, paid integer)",
                    "with recursive s(i) as (select 0 union all select i + 1 from s where i < 999) insert into orders select i, strftime('%Y-%m-%dT%H:%M:%SZ', 1767225600 + i * 3600, 'unixepoch'), printf('%.2f', i * 1.25), i * 0.1, 'customer ' || (i % 7), i % 2 = 0 from s");
        }
    }

    private static void execute(Connection connection, String... statements) throws Exception {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String address(Database service, String scheme, String table) {
        return "%s://%s:%s@%s/%s?table=%s"
                .formatted(
                        scheme,
                        service.login().user(),
                        service.login().password(),
                        service.address(),
                        service.login().database(),
                        table);
    }

    private Result compared(String left, String right) throws Exception {
        return tables.ask(tables.question(left, right, "id")).result();
    }

    @Test
    void postgreSqlHoldsWhatTheFileHolds() throws Exception {
        assertThat(compared(address(postgres, "postgres", "public.orders"), "orders.parquet")
                        .counts())
                .isEqualTo(new Counts(ROWS, 0, 0, 0, 0));
    }

    @Test
    void mariaDbHoldsWhatPostgreSqlHolds() throws Exception {
        assertThat(compared(address(postgres, "postgres", "orders"), address(mariaDb, "mysql", "orders"))
                        .counts())
                .isEqualTo(new Counts(ROWS, 0, 0, 0, 0));
    }

    @Test
    void sqliteHoldsWhatTheFileHolds() throws Exception {
        assertThat(compared("sqlite:shop.db?table=orders", "orders.parquet").counts())
                .isEqualTo(new Counts(ROWS, 0, 0, 0, 0));
    }

    @Test
    void whatAStatementDidIsFound() throws Exception {
        var result = compared("orders.parquet", address(postgres, "postgres", "wrong"));

        assertThat(result.counts()).isEqualTo(new Counts(ROWS - 2, 0, 1, 1, 1));
        assertThat(result.right().consistency()).isEqualTo("one snapshot (repeatable read)");
        assertThat(result.right().shown())
                .contains(":***@")
                .doesNotContain(postgres.login().password());
    }

    @Test
    void rawRowsOfServersAreTheSameRecords() throws Exception {
        var expected = List.of(
                "1767225600000 {\"ID\":0,\"ordered_at\":\"2026-01-01T00:00:00Z\",\"amount\":0.00,\"paid\":true}",
                "1767229200000 {\"ID\":1,\"ordered_at\":\"2026-01-01T01:00:00Z\",\"amount\":1.25,\"paid\":false}");

        assertThat(rawRows(new DatabaseAddress.Postgres(server(postgres)), "public.orders", "ordered_at"))
                .startsWith(expected.toArray(String[]::new))
                .hasSize(ROWS);
        // MariaDB's times have no zone of their own, and its columns other names.
        assertThat(rawRows(new DatabaseAddress.MySql(server(mariaDb)), "orders", "OrderedAt"))
                .startsWith(expected.stream()
                        .map(line -> line.replace("ordered_at", "OrderedAt").replace("00Z", "00"))
                        .toArray(String[]::new))
                .hasSize(ROWS);
    }

    private List<String> rawRows(DatabaseAddress address, String table, String time) throws Exception {
        var source = new Source.Rows(
                new Source.Rows.Place.Table(table, "elsewhere"),
                Optional.of(time),
                List.of(),
                new Format(Format.Kind.JSON, false, ',', Optional.of(ZoneOffset.UTC), Optional.empty()),
                new Source.Landing.Segments("segments", "sqlite"));
        var schema = new Schema(List.of(
                new Schema.Field("ID", new FieldType.Whole(64), true),
                new Schema.Field(time, new FieldType.Timestamp(), true),
                new Schema.Field("amount", new FieldType.Decimal(12, 2), true),
                new Schema.Field("paid", new FieldType.Truth(), true)));
        var file = tables.folder().resolve("lines");
        try (var duck = Duck.open(tables.folder().resolve("scratch"), TwoTables.MEGABYTES)) {
            new RawRows(source, Sides.table(address, table)).write(schema, duck, file);
        }
        return Files.readAllLines(file);
    }

    @Test
    void aQueryIsSentAsItIs() throws Exception {
        var address = address(mariaDb, "mysql", "orders").replaceFirst("\\?.*", "");
        var surroundings = new TableReference.Surroundings(tables.folder(), tables.folder(), "");
        var query = Optional.of("select Id, Amount from orders where Id < 10");
        var right = new Question.Source(
                Sides.of(new TableReference(address, query, surroundings)), Optional.empty(), Optional.empty());
        var left = tables.source("orders.parquet", Optional.of("id < 10"));
        var question = new Question(
                "few", left, right, List.of("id"), Question.Choice.ALL, Optional.empty(), Question.Extent.USUAL);

        assertThat(tables.ask(question).result().counts()).isEqualTo(new Counts(10, 0, 0, 0, 0));
    }

    /** Twenty thousand events in both servers, with every type that is hashed, nulls, and letters of all lengths. */
    private void fillEvents(String name) throws Exception {
        try (var connection = new DatabaseAddress.Postgres(server(postgres)).open()) {
            execute(
                    connection,
                    "create table %s (id bigint, code text, at timestamptz, day date, amount numeric(12, 2), customer text, paid boolean)"
                            .formatted(name),
                    "insert into %s select i * 3, 'k' || i, timestamptz '2026-01-01 00:00:00+00' + i * interval '1.000001 second', date '0999-12-31' + i, case when i %% 11 = 0 then null else i * 1.25 - 700 end, case i %% 3 when 0 then 'Zoë 😀 ' || i when 1 then '' end, i %% 2 = 0 from generate_series(0, 19999) i"
                            .formatted(name));
        }
        try (var connection = new DatabaseAddress.MySql(server(mariaDb)).open()) {
            execute(
                    connection,
                    "create table %s (Id int, Code varchar(20), At datetime(6), Day date, Amount decimal(14, 3), Customer varchar(80) character set utf8mb4, Paid tinyint(1))"
                            .formatted(name),
                    "insert into %s select seq * 3, concat('k', seq), timestamp('2026-01-01') + interval seq * 1000001 microsecond, date('0999-12-31') + interval seq day, if(seq %% 11 = 0, null, seq * 1.25 - 700), case seq %% 3 when 0 then concat('Zoë 😀 ', seq) when 1 then '' end, seq %% 2 = 0 from seq_0_to_19999"
                            .formatted(name));
        }
    }

    private Result events(String left, String right, Question.Reach reach, String key) throws Exception {
        var question = tables.question(left, right, key);
        return tables.ask(new Question(
                        question.name(),
                        question.left(),
                        question.right(),
                        question.key(),
                        question.choice(),
                        question.time(),
                        new Question.Extent(5, Optional.empty(), Question.Patterns.LEFT_OUT, reach)))
                .result();
    }

    /** The answer with bisection, which must be that without it. */
    private Result bisected(String left, String right, String key) throws Exception {
        var segments = events(left, right, Question.Reach.SEGMENTS, key);
        var all = events(left, right, Question.Reach.ALL, key);
        assertThat(segments.counts()).isEqualTo(all.counts());
        assertThat(segments.samples()).isEqualTo(all.samples());
        assertThat(segments.left().rows()).isEqualTo(all.left().rows());
        assertThat(segments.right().rows()).isEqualTo(all.right().rows());
        assertThat(segments.values().stream().map(Result.ColumnFacts::differing))
                .isEqualTo(
                        all.values().stream().map(Result.ColumnFacts::differing).toList());
        return segments;
    }

    @Test
    void segmentsThatAreEqualStayWhereTheyAre() throws Exception {
        fillEvents("events");
        var left = address(postgres, "postgres", "events");
        var right = address(mariaDb, "mysql", "events");

        var equal = bisected(left, right, "id");
        assertThat(equal.counts()).isEqualTo(new Counts(20_000, 0, 0, 0, 0));
        assertThat(equal.columns().notes().get(0))
                .startsWith("0 of 1,017 segments of keys differ; 0 of 20,000 rows of LEFT were read");

        changeAtRandom(7);
        var byNumber = bisected(left, right, "id");
        assertThat(byNumber.counts()).isEqualTo(new Counts(20_000 - 12 - 3, 0, 12, 3, 2));
        assertThat(byNumber.columns().notes().get(0)).contains("segments of keys differ", "rows of LEFT were read");
        assertThat(bisected(left, right, "code").columns().notes().get(0)).contains("of 1,024 segments of keys differ");
    }

    /** Twelve rows are changed, each in one column; three are removed, and two are new. */
    private void changeAtRandom(long seed) throws Exception {
        var random = new Random(seed);
        var rows = random.ints(0, 20_000)
                .filter(row -> row % 33 != 0)
                .distinct()
                .limit(15)
                .toArray();
        var changes = List.of(
                "Amount = coalesce(Amount, 0) + 0.001",
                "Customer = concat(coalesce(Customer, ''), ' ')",
                "At = At + interval 1 microsecond",
                "Day = Day + interval 1 day",
                "Paid = 1 - Paid",
                "Amount = null");
        try (var connection = new DatabaseAddress.MySql(server(mariaDb)).open()) {
            for (int index = 0; index < rows.length; index++) {
                var row = " where Id = " + rows[index] * 3L;
                execute(
                        connection,
                        index < 12
                                ? "update events set " + changes.get(index % changes.size()) + row
                                : "delete from events" + row);
            }
            execute(
                    connection,
                    "insert into events values (1, 'new', null, null, null, null, null), (null, null, null, null, null, null, null)");
        }
    }

    @Test
    void allRowsAreReadWhereTextsAreNotCertain() throws Exception {
        fillEvents("weighed");
        for (var address :
                List.of(new DatabaseAddress.Postgres(server(postgres)), new DatabaseAddress.MySql(server(mariaDb)))) {
            try (var connection = address.open()) {
                execute(connection, "alter table weighed add column weight double precision");
            }
        }

        var result = bisected(address(postgres, "postgres", "weighed"), address(mariaDb, "mysql", "weighed"), "id");

        assertThat(result.columns().notes().get(0))
                .startsWith("all rows were read: 'weight' is float8 in LEFT and DOUBLE in RIGHT");
    }

    @Test
    void aQueryCannotWrite() {
        var surroundings = new TableReference.Surroundings(tables.folder(), tables.folder(), "");
        var address = address(postgres, "postgres", "orders").replaceFirst("\\?.*", "");
        var query = Optional.of("delete from orders returning id");
        var side = Sides.of(new TableReference(address, query, surroundings));
        var question = new Question(
                "few",
                new Question.Source(side, Optional.empty(), Optional.empty()),
                tables.source("orders.parquet"),
                List.of("id"),
                Question.Choice.ALL,
                Optional.empty(),
                Question.Extent.USUAL);

        assertThatThrownBy(() -> tables.ask(question)).hasMessageContaining("read-only transaction");
    }

    @Test
    void anotherDriverComesFromItsFolder() throws Exception {
        var jar = Path.of(org.sqlite
                .JDBC
                .class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.copy(jar, Files.createDirectories(tables.folder().resolve("ext")).resolve("driver.jar"));
        var surroundings =
                new TableReference.Surroundings(tables.folder(), tables.folder().resolve("ext"), "");
        var given = new TableReference(
                "jdbc:sqlite:" + tables.folder().resolve("shop.db"),
                Optional.of("select id, customer from orders where id < 3"),
                surroundings);
        var left = new Question.Source(Sides.of(given), Optional.empty(), Optional.empty());
        var question = new Question(
                "few",
                left,
                tables.source("orders.parquet", Optional.of("id < 3")),
                List.of("id"),
                Question.Choice.ALL,
                Optional.empty(),
                Question.Extent.USUAL);

        assertThat(tables.ask(question).result().counts()).isEqualTo(new Counts(3, 0, 0, 0, 0));
    }

    @Test
    void aMissingDriverIsReported() {
        var surroundings =
                new TableReference.Surroundings(tables.folder(), tables.folder().resolve("none"), "");
        var side = Sides.of(new TableReference("jdbc:nowhere:x", Optional.of("select 1"), surroundings));
        var question = new Question(
                "none",
                new Question.Source(side, Optional.empty(), Optional.empty()),
                tables.source("orders.parquet"),
                List.of("id"),
                Question.Choice.ALL,
                Optional.empty(),
                Question.Extent.USUAL);

        assertThatThrownBy(() -> tables.ask(question))
                .hasMessageContaining("no driver in")
                .hasMessageContaining("put its jar there");
    }

    @Test
    void aMissingTableIsReportedWithoutThePassword() {
        assertThatThrownBy(() -> compared(address(postgres, "postgres", "nowhere"), "orders.parquet"))
                .hasMessageContaining("\"nowhere\" does not exist")
                .hasMessageContaining("check the address, the login and the table or query")
                .hasMessageNotContaining(postgres.login().password());
    }
}
