package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.TandemCommand;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.store.DatabaseAddress;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run has written to a lake or a table is read back by a batch as it was, to the last digit and microsecond. */
@ExtendWith(Bench.Giver.class)
class RoundTripTest {
    private static final String DEFINITION = """
            pipeline: round_DATABASE
            time: { event: at }
            source: { files: data/round_DATABASE, format: json, ledger: DATABASE }
            schema: >
              id INT, at TIMESTAMP, small INT, large BIGINT, number DOUBLE, exact DECIMAL(38,10), tiny DECIMAL(9,9),
              truth BOOLEAN, moment TIMESTAMP, day DATE, words STRING, list ARRAY<STRING>, sums ARRAY<DECIMAL(20,2)>
            views:
              all: { measures: { n: count(*) } }
            outputs:
              - { view: all, table: "round_${mode}_all", in: DATABASE }
              - { rows: events, table: "round_${mode}", in: DATABASE, key: [id] }
              - { rows: events, lake: data/round_DATABASE_lake, mode: stream }
            """;

    private static final String LONG = "é".repeat(70_000);
    private static final @Nullable String NULL = null;

    /** What a source sends: a column for each field after the event time, in the schema's order. */
    private static final List<String> SENT = List.of(
            "-2147483648, -9223372036854775808, 1.7976931348623157e308, 9999999999999999999999999999.9999999999, 0.999999999, true, \"9999-12-31T23:59:59.999999Z\", \"9999-12-31\", \"\", [], []",
            "2147483647, 9223372036854775807, 4.9e-324, -0.0000000001, -0.000000001, false, \"0001-01-01T00:00:00Z\", \"0001-01-01\", \" \", [\"\", \" \"], [-0.01, 999999999999999999.99]",
            "0, 9007199254740993, 0.1, 1, 0, null, \"1582-10-10T00:00:00.000001Z\", \"1582-10-10\", \"a\\\"b\\\\c\\n\\t👍🏽\", [\"a,b\", null, \"\\\"q\\\"\"], [null]",
            "null, null, null, null, null, null, null, null, null, null, null",
            "7, 7, -1e-7, 0.1234567890, 0.5, true, \"1969-12-31T23:59:59.999999Z\", \"1970-01-01\", \"007\", [\"true\", \"null\"], [1]",
            "7, 7, 100000000000000000000, 1e20, 0.5, true, \"2026-03-29T01:30:00.5Z\", \"2026-02-28\", \"" + LONG
                    + "\", null, null");

    /** Worked out by hand: what each column must hold. */
    private static final List<List<@Nullable String>> EXPECTED = List.of(
            row(
                    "-2147483648",
                    "-9223372036854775808",
                    "1.7976931348623157E308",
                    "9999999999999999999999999999.9999999999",
                    "0.999999999",
                    "true",
                    "9999-12-31 23:59:59.999999",
                    "9999-12-31",
                    "",
                    "[]",
                    "[]"),
            row(
                    "2147483647",
                    "9223372036854775807",
                    "4.9E-324",
                    "-0.0000000001",
                    "-0.000000001",
                    "false",
                    "0001-01-01 00:00:00.000000",
                    "0001-01-01",
                    " ",
                    "[\"\",\" \"]",
                    "[-0.01,999999999999999999.99]"),
            row(
                    "0",
                    "9007199254740993",
                    "0.1",
                    "1.0000000000",
                    "0.000000000",
                    NULL,
                    "1582-10-10 00:00:00.000001",
                    "1582-10-10",
                    "a\"b\\c\n\t👍🏽",
                    "[\"a,b\",null,\"\\\"q\\\"\"]",
                    "[null]"),
            row(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
            row(
                    "7",
                    "7",
                    "-1.0E-7",
                    "0.1234567890",
                    "0.500000000",
                    "true",
                    "1969-12-31 23:59:59.999999",
                    "1970-01-01",
                    "007",
                    "[\"true\",\"null\"]",
                    "[1.00]"),
            row(
                    "7",
                    "7",
                    "1.0E20",
                    "100000000000000000000.0000000000",
                    "0.500000000",
                    "true",
                    "2026-03-29 01:30:00.500000",
                    "2026-02-28",
                    LONG,
                    NULL,
                    NULL));

    @TempDir
    private Path temporary;

    private static List<@Nullable String> row(@Nullable String... cells) {
        return Arrays.asList(cells);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "mysql", "postgres"})
    void everyTypeComesBackAsItWas(String database, Bench bench) throws IOException, SQLException {
        var home = database.equals("sqlite") ? temporary : bench.withPostgres().home();
        var definition = home.resolve("round_%s.yaml".formatted(database));
        Files.writeString(definition, DEFINITION.replace("DATABASE", database));
        send(Files.createDirectories(home.resolve("data/round_" + database)));
        var address = address(home, definition, database);
        run(home, "stream", definition.toString(), "--drain");
        assertThat(rows(address, "round_stream")).isEqualTo(EXPECTED);

        run(home, "batch", definition.toString());
        assertThat(rows(address, "round_batch")).isEqualTo(EXPECTED);

        run(home, "batch", definition.toString(), "--table", "round_stream");
        assertThat(rows(address, "round_batch")).isEqualTo(EXPECTED);

        var lake = home.resolve("data/round_%s_lake".formatted(database));
        run(home, "batch", definition.toString(), "--lake", lake.toString());
        assertThat(rows(address, "round_batch")).isEqualTo(EXPECTED);
    }

    private static void send(Path folder) throws IOException {
        var names = "small,large,number,exact,tiny,truth,moment,day,words,list,sums".split(",");
        var lines = new ArrayList<String>();
        for (int id = 0; id < SENT.size(); id++) {
            // Cut at the commas between values: those inside of lists and texts have a value's sign before or behind
            // them.
            var values = SENT.get(id).split(", (?=[-\\d\"tfn\\[])(?![^\\[]*\\])", -1);
            assertThat(values).hasSameSizeAs(names);
            var line = new StringBuilder("{\"id\": %d, \"at\": \"2026-01-01T00:00:00Z\"".formatted(id));
            for (int column = 0; column < names.length; column++) {
                line.append(", \"").append(names[column]).append("\": ").append(values[column]);
            }
            lines.add(line.append('}').toString());
        }
        Files.write(folder.resolve("a.json"), lines);
    }

    private static void run(Path home, String... words) {
        var done = TandemCommand.run(home, words);
        assertThat(done.code()).as(done.err()).isZero();
    }

    private static DatabaseAddress address(Path home, Path definition, String database) {
        if (database.equals("sqlite")) {
            return new DatabaseAddress.Sqlite(home.resolve("databases/sqlite.db"));
        }
        var workspace = Trial.home(home);
        try (var services = Services.running(workspace, DefinitionReader.read(definition, "round", Optional.empty()))) {
            return services.database(database);
        }
    }

    private static List<List<@Nullable String>> rows(DatabaseAddress address, String table) throws SQLException {
        var rows = new ArrayList<List<@Nullable String>>();
        try (var connection = address.open();
                var statement = connection.createStatement();
                var results = statement.executeQuery(
                        "select small, large, number, exact, tiny, truth, moment, day, words, list, sums from %s order by id"
                                .formatted(table))) {
            while (results.next()) {
                var row = new ArrayList<@Nullable String>();
                for (int column = 1; column <= 11; column++) {
                    row.add(cell(results, column));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Databases write one value in several ways. */
    private static @Nullable String cell(ResultSet results, int column) throws SQLException {
        var text = results.getString(column);
        if (text == null) {
            return null;
        }
        return switch (column) {
            case 3 -> Double.toString(results.getDouble(column));
            case 4, 5 -> new BigDecimal(text).toPlainString();
            case 6 -> String.valueOf(results.getBoolean(column));
            case 7 -> moment(text);
            case 10, 11 -> text.replace(", ", ",");
            default -> text;
        };
    }

    /** With six digits after the second, without the sign of the zone, which is UTC everywhere. */
    private static String moment(String text) {
        var plain = text.replace('T', ' ').replaceFirst("(Z|\\+00)$", "");
        var fraction = plain.contains(".") ? plain.substring(plain.indexOf('.') + 1) : "";
        return plain.replaceFirst("\\..*", "") + "." + (fraction + "000000").substring(0, 6);
    }
}
