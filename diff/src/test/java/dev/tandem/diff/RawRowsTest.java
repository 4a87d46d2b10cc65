package dev.tandem.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.diff.attach.LogShape;
import dev.tandem.diff.attach.RawRows;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.side.ParquetRows;
import dev.tandem.diff.side.Side;
import dev.tandem.diff.side.Sides;
import dev.tandem.diff.side.TableReference;
import dev.tandem.model.FieldOrigin;
import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import dev.tandem.model.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows become lines of JSON in the order of their arrival: digits, moments and nulls as they were. */
class RawRowsTest {
    private static final Schema ORDERS = new Schema(List.of(
            new Schema.Field("id", new FieldType.Text(), false),
            new Schema.Field("at", new FieldType.Timestamp(), false),
            new Schema.Field("amount", new FieldType.Decimal(38, 10), false),
            new Schema.Field("note", new FieldType.Text(), false),
            new Schema.Field("paid", new FieldType.Truth(), false)));

    /** Two of three orders, the second of which arrived first; what they hold was written by hand. */
    private static final String ORDERS_SQL = """
            SELECT * FROM (VALUES
              (7, TIMESTAMPTZ '2026-01-01 05:30:00.123456+05:30', 1234567890123456789012345678.0123456789::DECIMAL(38,10), 'a "b"' || chr(10) || '\\c', true, TIMESTAMPTZ '2026-01-01 00:00:02Z'),
              (8, TIMESTAMPTZ '2026-01-01 00:00:01Z', NULL, NULL, false, TIMESTAMPTZ '2026-01-01 00:00:01Z'))
            AS t(id, "at", amount, note, paid, received_at)""";

    private static final List<String> ORDERS_LINES = List.of(
            "1767225601000 {\"id\":\"8\",\"at\":\"2026-01-01T00:00:01Z\",\"paid\":false}",
            "1767225602000 {\"id\":\"7\",\"at\":\"2026-01-01T00:00:00.123456Z\",\"amount\":1234567890123456789012345678.0123456789,\"note\":\"a \\\"b\\\"\\n\\\\c\",\"paid\":true}");

    private TwoTables tables;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        tables = new TwoTables(folder);
    }

    @AfterEach
    void close() throws Exception {
        tables.close();
    }

    private TableReference.Surroundings surroundings() {
        return new TableReference.Surroundings(tables.folder(), tables.folder(), "");
    }

    private static Source.Rows rows(Source.Rows.Place place, Optional<String> arrived, String... order) {
        return new Source.Rows(
                place,
                arrived,
                List.of(order),
                new Format(Format.Kind.JSON, false, ',', Optional.of(ZoneId.of("Europe/Berlin")), Optional.empty()),
                new Source.Landing.Segments("segments", "sqlite"));
    }

    private static Source.Rows table(String database) {
        return rows(new Source.Rows.Place.Table("orders", database), Optional.of("received_at"));
    }

    private static Source.Rows parquet(String path, Optional<String> arrived, String... order) {
        return rows(new Source.Rows.Place.Parquet(path), arrived, order);
    }

    /** What was written. */
    private record Written(LogShape shape, List<String> lines) {}

    private Written written(Source.Rows source, Schema schema) throws Exception {
        Side side = source.place() instanceof Source.Rows.Place.Table table
                ? Sides.table(table.database(), table.table(), surroundings())
                : ParquetRows.of(((Source.Rows.Place.Parquet) source.place()).path(), surroundings());
        var file = tables.folder().resolve("lines");
        try (var duck = Duck.open(tables.folder().resolve("scratch"), TwoTables.MEGABYTES)) {
            var shape = new RawRows(source, side).write(schema, duck, file);
            return new Written(shape, Files.readAllLines(file));
        }
    }

    private static void fill(String url, Properties properties, String... statements) throws Exception {
        try (var connection = DriverManager.getConnection(url, properties);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void parquetKeepsEveryDigit() throws Exception {
        tables.write("orders.parquet", ORDERS_SQL);

        var written = written(parquet("orders.parquet", Optional.of("received_at")), ORDERS);

        assertThat(written.lines()).isEqualTo(ORDERS_LINES);
        assertThat(written.shape().arrival()).isEqualTo(LogShape.Arrival.TIMED);
    }

    @Test
    void aTableOfDuckDbKeepsEveryDigit() throws Exception {
        fill(
                "jdbc:duckdb:" + tables.folder().resolve("shop.duckdb"),
                new Properties(),
                "SET TimeZone = 'UTC'",
                "CREATE TABLE orders AS " + ORDERS_SQL);

        assertThat(written(table("shop.duckdb"), ORDERS).lines()).isEqualTo(ORDERS_LINES);
    }

    @Test
    void aTableOfSqliteKeepsEveryDigit() throws Exception {
        fill(
                "jdbc:sqlite:" + tables.folder().resolve("shop.db"),
                new Properties(),
                "CREATE TABLE orders (id INTEGER, at TEXT, amount TEXT, note TEXT, paid INTEGER, received_at INTEGER)",
                "INSERT INTO orders VALUES (7, '2026-01-01T00:00:00.123456Z', '1234567890123456789012345678.0123456789', 'a \"b\"' || char(10) || '\\c', 1, 1767225602000), (8, '2026-01-01T00:00:01Z', NULL, NULL, 0, 1767225601000)");

        // SQLite keeps such a number as text, and the parser of records reads text as well.
        assertThat(written(table("shop.db"), ORDERS).lines())
                .isEqualTo(ORDERS_LINES.stream()
                        .map(line -> line.replaceAll("\"amount\":([0-9.]+)", "\"amount\":\"$1\""))
                        .toList());
    }

    @Test
    void withoutArrivalFilesComeOneAfterTheOther() throws Exception {
        Files.createDirectories(tables.folder().resolve("raw"));
        tables.write("raw/b.parquet", "SELECT 'b' || i AS id FROM range(2) t(i)");
        tables.write("raw/a.parquet", "SELECT 'a' || i AS id FROM range(3) t(i)");
        var schema = new Schema(List.of(new Schema.Field("id", new FieldType.Text(), false)));

        var written = written(parquet("raw", Optional.empty()), schema);

        assertThat(written.lines())
                .containsExactly(
                        "{\"id\":\"a0\"}", "{\"id\":\"a1\"}", "{\"id\":\"a2\"}", "{\"id\":\"b0\"}", "{\"id\":\"b1\"}");
        assertThat(written.shape())
                .isEqualTo(LogShape.ofFiles(
                        "parquet:raw",
                        List.of(new LogShape.LogFile("a.parquet", 3), new LogShape.LogFile("b.parquet", 5))));
    }

    @Test
    void columnsTellTheOrderWhereNothingElseDoes() throws Exception {
        tables.write("raw.parquet", "SELECT i AS id, -i AS line FROM range(3) t(i)");
        var schema = new Schema(List.of(new Schema.Field("id", new FieldType.Text(), false)));

        var written = written(parquet("raw.parquet", Optional.empty(), "line"), schema);

        assertThat(written.lines()).containsExactly("{\"id\":\"2\"}", "{\"id\":\"1\"}", "{\"id\":\"0\"}");
        assertThat(written.shape().arrival()).isEqualTo(LogShape.Arrival.ORDERED);
    }

    @Test
    void aTimeWithoutZoneIsThatOfTheSource() throws Exception {
        tables.write("raw.parquet", "SELECT 1 AS id, TIMESTAMP '2026-07-01 02:00:00' AS received_at");
        var schema = new Schema(List.of(new Schema.Field("received_at", new FieldType.Timestamp(), false)));

        // Midnight in UTC; the field is left to the parser, which has the same zone.
        assertThat(written(parquet("raw.parquet", Optional.of("received_at")), schema)
                        .lines())
                .containsExactly("1782864000000 {\"received_at\":\"2026-07-01T02:00:00\"}");
    }

    @Test
    void aColumnOfAnotherNameAndWhatLiesInOneAreReached() throws Exception {
        tables.write(
                "raw.parquet",
                "SELECT 5 AS \"Order ID\", '{\"user\":\n {\"id\": 12345678901234567890}}' AS payload, {'n': [1, 2]} AS s");
        var schema = new Schema(List.of(
                new Schema.Field(
                        "id",
                        new FieldType.Whole(64),
                        false,
                        new FieldOrigin.Named("order id"),
                        Schema.Conversion.NONE),
                new Schema.Field(
                        "user",
                        new FieldType.Text(),
                        false,
                        FieldOrigin.Path.of("$.payload.user.id").orElseThrow(),
                        Schema.Conversion.NONE),
                new Schema.Field(
                        "n",
                        new FieldType.Whole(64),
                        false,
                        FieldOrigin.Path.of("$.s.n[0]").orElseThrow(),
                        Schema.Conversion.NONE)));

        assertThat(written(parquet("raw.parquet", Optional.empty()), schema).lines())
                .containsExactly(
                        "{\"order id\":5,\"payload\":{\"user\":  {\"id\": 12345678901234567890}},\"s\":{\"n\":[1,2]}}");
    }

    @Test
    void aRowWithoutArrivalIsNotGuessedAt() throws Exception {
        tables.write("raw.parquet", "SELECT 'x' AS id, NULL::TIMESTAMPTZ AS received_at");
        var source = parquet("raw.parquet", Optional.of("received_at"));
        var schema = new Schema(List.of(new Schema.Field("id", new FieldType.Text(), false)));

        assertThatThrownBy(() -> written(source, schema))
                .hasMessageContaining("'received_at' of 1 rows is null or no time")
                .hasMessageContaining("order_by");
    }

    @Test
    void aMissingColumnIsNamed() throws Exception {
        tables.write("raw.parquet", "SELECT 'x' AS ident");
        var schema = new Schema(List.of(new Schema.Field("id", new FieldType.Text(), false)));

        assertThatThrownBy(() -> written(parquet("raw.parquet", Optional.empty()), schema))
                .hasMessageContaining("it has no column 'id', only ident")
                .hasMessageContaining("FROM 'column'");
    }
}
