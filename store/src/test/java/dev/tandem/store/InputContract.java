package dev.tandem.store;

import static dev.tandem.store.Sample.NOON;
import static dev.tandem.store.Sample.changes;
import static dev.tandem.store.Sample.entry;
import static dev.tandem.store.Sample.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Schema;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.store.JdbcStreamLedger.Writer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is kept of a pipeline's input in every database, and read from tables that others made. */
abstract class InputContract extends LookContract {
    @Nested
    class ATableOfAnotherPipeline {
        private Layout named(String pipeline) {
            return Layout.of(
                    DefinitionReader.parse("""
                pipeline: %s
                time: { event: time }
                source: { kafka: raw_prices, ledger: sqlite }
                schema: trade_id BIGINT NOT NULL, time TIMESTAMP NOT NULL
                steps:
                  - watermark: { delay: 1 minute }
                views:
                  trades: { window: { tumbling: 1 minute }, measures: { trades: count(*) } }
                outputs:
                  - { rows: events, table: Shared_Trades, in: sqlite, key: [trade_id], mode: batch }
                """.formatted(pipeline), pipeline),
                    List.of(),
                    List.of(new Shape.Column("trade_id", new FieldType.Whole(64))));
        }

        @AfterEach
        void drop() {
            Session.with(
                    address(),
                    "drop",
                    session -> session.execute(
                            "drop table if exists " + session.dialect().quoted("Shared_Trades")));
        }

        @Test
        void isRefusedAndItsOwnIsNot() {
            Ddl.create(address(), named("one"));
            Ddl.create(address(), named("one"));
            assertThatThrownBy(() -> Ddl.create(address(), named("two")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("Cannot use the table 'shared_trades'")
                    .hasMessageContaining("it holds the batch rows of 'events' of 'one'");
        }
    }

    @Nested
    class TheTopicOfALedger {
        private final JdbcTopics topics = new JdbcTopics(address(), "tweets");

        @Test
        void isThereAgainWithWhatWasNeverRead() {
            var first = new JdbcTopics.Entry(1, "kQ7wJ2aXTWmGzq0a8b4bRg", NOON, List.of());
            var unread = List.of(
                    new JdbcTopics.Part(0, 0, OptionalLong.of(17), OptionalLong.of(23)),
                    new JdbcTopics.Part(1, -5, OptionalLong.of(40), OptionalLong.empty()));
            var second = new JdbcTopics.Entry(2, "", NOON.plusSeconds(1), unread);
            topics.add(first);
            topics.add(second);
            assertThat(topics.entries()).containsExactly(first, second);
            assertThat(new JdbcTopics(address(), "other").entries()).isEmpty();
            assertThatThrownBy(() -> topics.add(second)).isInstanceOf(StoreException.class);
        }
    }

    @Nested
    class ALandingTable {
        private static final Pipeline PRICES = DefinitionReader.parse("""
                pipeline: prices
                time: { event: time }
                source: { kafka: raw_prices, format: json, land: { table: btc_prices, in: sqlite, key: [trade_id] } }
                schema: trade_id BIGINT NOT NULL, price DECIMAL(18,2), time TIMESTAMP NOT NULL
                steps:
                  - watermark: { delay: 1 minute }
                views:
                  trades: { window: { tumbling: 1 minute }, measures: { trades: count(*) } }
                outputs:
                  - { view: trades, table: "${mode}_trades", in: sqlite }
                """, "prices");

        @AfterEach
        void drop() {
            Session.with(address(), "drop", session -> session.execute("drop table if exists btc_prices"));
        }

        private Prepared trade(long position, long id) {
            var record = record(position);
            return new Prepared(
                    record.at(),
                    record.arrivedMillis(),
                    Sample.raw("{\"trade_id\":%d}".formatted(id)),
                    record.rejection(),
                    record.exit(),
                    record.eventMicros(),
                    record.identity(),
                    List.of(id),
                    List.of(),
                    List.of(),
                    List.of());
        }

        @Test
        void S2_04_keepsTheRawMessagesUnderTheNameOfTheDefinition() {
            var layout = Layout.of(PRICES, List.of(), List.of());
            Ddl.create(address(), layout);
            try (var ledger = new JdbcStreamLedger(address(), layout, new Writer("run", "host"), CLOCK)) {
                ledger.takeOver();
                var first = changes(1, List.of(trade(0, 12), trade(1, 7)), List.of());
                ledger.commit(first, entry(0, 2));
                ledger.commit(first, entry(0, 2));
            }
            assertThat(selected("select trade_id from btc_prices order by trade_id"))
                    .containsExactly(List.of("7"), List.of("12"));
            var landed = drained(new JdbcLandedLog(address(), layout).read(new Slice(1, 1)));
            assertThat(landed)
                    .extracting(it -> new String(it.raw().bytes(), StandardCharsets.UTF_8))
                    .containsExactly("{\"trade_id\":12}", "{\"trade_id\":7}");
        }
    }

    @Nested
    class TheInventory {
        private FileRow file(long number, String name) {
            return new FileRow(number, name, 1_234, "ab".repeat(32), 15 * number, 15, NOON.plusNanos(1_000));
        }

        @Test
        void keepsItsFilesInTheirOrder() {
            var inventory = new JdbcInventory(address(), "tweets");
            assertThat(inventory.entries()).isEmpty();
            inventory.add(file(0, "b/événements 1.csv"));
            inventory.add(file(1, "a.csv"));
            new JdbcInventory(address(), "another").add(file(0, "c.csv"));
            assertThat(inventory.entries()).containsExactly(file(0, "b/événements 1.csv"), file(1, "a.csv"));
        }

        @Test
        void doesNotGiveOneNumberTwice() {
            var inventory = new JdbcInventory(address(), "tweets");
            inventory.add(file(0, "a.csv"));
            assertThatThrownBy(() -> inventory.add(file(0, "b.csv")))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "Cannot take in the file 'b.csv' of 'tweets' as number 0: another Tandem has taken in 'a.csv' under that number; let that one run and end this one");
            assertThat(inventory.entries()).hasSize(1);
        }
    }

    @Nested
    class ATableOfSomebodyElse {
        private static final Schema SCHEMA = new Schema(List.of(
                new Schema.Field("trade_id", FieldType.LONG, true),
                new Schema.Field("price", new FieldType.Decimal(18, 2), false),
                new Schema.Field("side", FieldType.TEXT, false),
                new Schema.Field("time", new FieldType.Timestamp(), false),
                new Schema.Field("last_size", new FieldType.Decimal(18, 8), false)));

        @AfterEach
        void drop() throws SQLException {
            try (var session = Session.open(address())) {
                session.execute("drop table if exists btc_prices");
            }
        }

        private void make(String columns, String... rows) {
            Session.with(address(), "make a table", session -> {
                session.execute("create table btc_prices (%s)".formatted(columns));
                for (var row : rows) {
                    session.execute("insert into btc_prices values (%s)".formatted(row));
                }
                return session;
            });
        }

        private TableLog log(String... order) {
            var input = new TableLog.Input("btc_prices", List.of(order), NOON.plus(Duration.ofDays(1)));
            return TableLog.of(address(), input, SCHEMA);
        }

        private List<String> read(TableLog log) {
            return log.slices(log.cut(), 4).stream()
                    .flatMap(slice -> drained(log.read(slice)).stream())
                    .map(it -> new String(it.raw().bytes(), StandardCharsets.UTF_8))
                    .toList();
        }

        @Test
        void S2_05_isReadWholeAsRecordsInTheOrderOfItsKey() {
            make(
                    "trade_id bigint primary key, price double precision, best_bid double precision, side varchar(9), time varchar(40), last_size double precision",
                    "12, 98765.43, 1, 'buy', '2026-03-01T12:00:00.123456Z', 0.00012",
                    "7, 98765, 1, null, '2026-03-01T12:00:01Z', 12000000");
            assertThat(read(log()))
                    .containsExactly(
                            "{\"trade_id\":7,\"price\":98765,\"side\":null,\"time\":\"2026-03-01T12:00:01Z\",\"last_size\":12000000}",
                            "{\"trade_id\":12,\"price\":98765.43,\"side\":\"buy\",\"time\":\"2026-03-01T12:00:00.123456Z\",\"last_size\":0.00012}");
        }

        @Test
        void isReadWithItsDatabasesOwnTimesAndDecimals() {
            make(
                    "trade_id integer, price decimal(18,2), side char(3), time timestamp, last_size decimal(18,8)",
                    "1, 5.10, 'buy', '2026-03-01 12:00:00', 0.00000001",
                    "2, null, null, null, null");
            var records = read(log("trade_id"));
            assertThat(records.get(0)).contains("\"last_size\":0.00000001}");
            assertThat(records.get(1))
                    .isEqualTo("{\"trade_id\":2,\"price\":null,\"side\":null,\"time\":null,\"last_size\":null}");
            if (address().kind() != DatabaseKind.SQLITE) {
                assertThat(records.get(0)).contains("\"price\":5.10,").contains("\"time\":\"2026-03-01T12:00:00Z\"");
            }
        }

        @Test
        void isReadInAnOrderThatIsAlwaysTheSame() {
            make(
                    "trade_id integer, price integer, side char(1), time varchar(9), last_size integer",
                    "2, 1, 'b', 'x', 1",
                    "1, 1, 'b', 'x', 1",
                    "2, 1, 'a', 'x', 1");
            assertThat(read(log())).extracting(it -> it.substring(12, 33)).isSorted();
            assertThat(read(log("side", "trade_id")).get(0)).startsWith("{\"trade_id\":2,\"price\":1,\"side\":\"a\"");
        }

        @Test
        void isNumberedFromZeroAndArrivesWhenItIsRead() {
            make("trade_id integer, price integer, side char(1), time varchar(9), last_size integer");
            assertThat(read(log())).isEmpty();
            Session.with(
                    address(), "insert", session -> session.execute("insert into btc_prices values (1,1,'a','x',1)"));
            var log = log();
            assertThat(log.cut().positions()).isEqualTo(Map.of(0, 1L));
            var landed = drained(log.read(log.slices(log.cut(), 1).get(0))).get(0);
            assertThat(landed.at().toString()).isEqualTo("0-0");
            assertThat(landed.microBatch()).isEqualTo(log.cut().microBatch());
            assertThat(landed.arrivedMillis())
                    .isEqualTo(NOON.plus(Duration.ofDays(1)).toEpochMilli());
        }

        @Test
        void travelsToWhereTheWorkIsDone() throws IOException, ClassNotFoundException {
            make(
                    "trade_id integer, price integer, side char(1), time varchar(9), last_size integer",
                    "1, 1, 'a', 'x', 1");
            var bytes = new ByteArrayOutputStream();
            try (var out = new ObjectOutputStream(bytes)) {
                out.writeObject(log());
            }
            try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(read((TableLog) in.readObject())).hasSize(1);
            }
        }

        @Test
        void isRefusedWhenAFieldHasNoColumn() {
            make("trade_id integer, price integer");
            assertThatThrownBy(this::log)
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "Cannot read table 'btc_prices' in %s: it has no column [side, time, last_size], only [trade_id, price]; name the fields as the columns are named"
                                    .formatted(address().told()));
        }
    }
}
