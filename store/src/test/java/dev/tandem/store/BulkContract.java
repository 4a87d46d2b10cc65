package dev.tandem.store;

import static dev.tandem.store.Sample.LAYOUT;
import static dev.tandem.store.Sample.NOON;
import static dev.tandem.store.Sample.changes;
import static dev.tandem.store.Sample.entry;
import static dev.tandem.store.Sample.record;
import static dev.tandem.store.StoredColumn.optional;
import static dev.tandem.store.StoredColumn.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.Prepared;
import dev.tandem.model.FieldType;
import dev.tandem.store.RowBatch.Collision;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What holds in every database for so many rows that they are loaded in bulk. */
abstract class BulkContract extends StoreRoom {
    /** Enough to be loaded in bulk. */
    private static final int MANY = 300;

    private static final ColumnType DECIMAL = new ColumnType.Of(new FieldType.Decimal(38, 2));
    private static final ColumnType FRACTION = new ColumnType.Of(new FieldType.Decimal(18, 8));
    private static final StoredTable TABLE = new StoredTable(
            "bulk_rows",
            List.of(
                    required("number", ColumnType.WHOLE),
                    optional("small", ColumnType.SMALL),
                    optional("whole", ColumnType.WHOLE),
                    optional("text", ColumnType.TEXT),
                    required("name", ColumnType.NAME),
                    optional("raw", ColumnType.BYTES),
                    optional("digest", ColumnType.DIGEST),
                    optional("time", ColumnType.TIME),
                    optional("date", new ColumnType.Of(new FieldType.Date())),
                    optional("amount", DECIMAL),
                    optional("fraction", FRACTION),
                    optional("share", new ColumnType.Of(new FieldType.Floating())),
                    optional("truth", ColumnType.TRUTH)),
            List.of("number"),
            List.of());
    private static final int NAME_AT = 4;
    private static final int RAW_AT = 5;

    private static final List<@Nullable Object> SMALL = values(0, Integer.MIN_VALUE, Integer.MAX_VALUE, null);
    private static final List<@Nullable Object> WHOLE = values(0L, Long.MIN_VALUE, null, Long.MAX_VALUE, -1L);
    private static final List<@Nullable Object> TEXT = values(
            "",
            null,
            " ",
            "\\",
            "\\N",
            "NULL",
            "\\0",
            "a\tb\\\tc",
            "\n",
            "\r\n",
            "line\\\nline\\",
            "a\0b",
            "\u001a\b",
            "'\"`,;",
            "日本",
            "👍🏽",
            "a ",
            "é\\".repeat(25_000));
    private static final List<@Nullable Object> NAME = values("", "\\N", "a\tb", "x".repeat(64), "日".repeat(64));
    private static final List<@Nullable Object> RAW = values(
            new byte[0],
            null,
            new byte[] {0},
            new byte[] {'\\', 'N'},
            new byte[] {'\\'},
            new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc3},
            new byte[] {(byte) 0xf0, (byte) 0x9f, '\t'},
            everyByte(1),
            everyByte(300));
    private static final List<@Nullable Object> DIGEST =
            values(new byte[16], null, Arrays.copyOf(everyByte(1), 16), Arrays.copyOfRange(everyByte(1), 85, 101));
    private static final List<@Nullable Object> TIME = values(
            Instant.parse("0001-01-01T00:00:00.000001Z"),
            null,
            Instant.parse("1582-10-10T10:10:10.1Z"),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.parse("2000-02-29T00:00:00Z"),
            NOON.plusNanos(1_000),
            Instant.parse("9999-12-31T23:59:59.999999Z"));
    private static final List<@Nullable Object> DATE = values(
            LocalDate.of(1, 1, 1),
            null,
            LocalDate.of(1970, 1, 1),
            LocalDate.of(2000, 1, 1),
            LocalDate.of(9999, 12, 31));
    private static final List<@Nullable Object> AMOUNT = values(
            new BigDecimal("0.00"),
            null,
            new BigDecimal("999999999999999999999999999999999999.99"),
            new BigDecimal("-999999999999999999999999999999999999.99"),
            new BigDecimal("-0.01"),
            new BigDecimal("10000.00"),
            new BigDecimal("100000000.10"),
            new BigDecimal("12345.67"));
    private static final List<@Nullable Object> SHARE_OF_ONE = values(
            new BigDecimal("0.00000001"),
            null,
            new BigDecimal("9999999999.99999999"),
            new BigDecimal("-1.00010000"),
            new BigDecimal("0.00000000"));
    private static final List<@Nullable Object> SHARE =
            values(0.0, null, 0.1, 1e300, -4.9e-300, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY);
    private static final List<@Nullable Object> TRUTH = values(true, false, null);

    private static final List<List<@Nullable Object>> VALUES =
            List.of(SMALL, WHOLE, TEXT, NAME, RAW, DIGEST, TIME, DATE, AMOUNT, SHARE_OF_ONE, SHARE, TRUTH);

    private static List<@Nullable Object> values(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static byte[] everyByte(int times) {
        var bytes = new byte[256 * times];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) index;
        }
        return bytes;
    }

    /** Each value of each column comes at least once. */
    private static @Nullable Object[] row(long number) {
        var row = new ArrayList<@Nullable Object>();
        row.add(number);
        for (var values : VALUES) {
            row.add(values.get((int) (number % values.size())));
        }
        return row.toArray();
    }

    private static List<@Nullable Object[]> rows(long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(BulkContract::row)
                .toList();
    }

    @Nested
    class ManyRows {
        @BeforeEach
        void make() {
            Session.with(address(), "make a table", session -> {
                for (var statement : session.dialect().createStatements(TABLE)) {
                    session.execute(statement);
                }
                return session;
            });
        }

        @AfterEach
        void drop() {
            Session.with(address(), "drop", session -> session.execute("drop table if exists bulk_rows"));
        }

        private void insert(List<@Nullable Object[]> rows) {
            Session.inTransaction(address(), "insert rows", session -> {
                insert(session, rows);
                return session;
            });
        }

        private void insert(Session session, List<@Nullable Object[]> rows) throws SQLException {
            write(session, Collision.REFUSE, rows);
        }

        private void write(Session session, Collision collision, List<@Nullable Object[]> rows) throws SQLException {
            try (var batch = new RowBatch(session, TABLE, collision)) {
                for (var row : rows) {
                    batch.add(row);
                }
                batch.flush();
            }
        }

        private List<@Nullable Object[]> stored() {
            return Session.with(
                    address(),
                    "read rows",
                    session -> session.list("select * from bulk_rows order by number", cells -> {
                        var row = new @Nullable Object[TABLE.columns().size()];
                        for (int index = 0; index < row.length; index++) {
                            var type = TABLE.columns().get(index).type();
                            row[index] = session.dialect().read(cells.results(), index + 1, type);
                        }
                        return row;
                    }));
        }

        private @Nullable Object[] asStored(@Nullable Object[] row) {
            var stored = new @Nullable Object[row.length];
            for (int index = 0; index < row.length; index++) {
                var value = row[index];
                if (value instanceof Integer small) {
                    stored[index] = small.longValue();
                } else if (value instanceof Double number) {
                    stored[index] = BulkContract.this.asStored(number);
                } else {
                    stored[index] = value instanceof String text ? BulkContract.this.asStored(text) : value;
                }
            }
            return stored;
        }

        private void assertStored() {
            assertThat(stored())
                    .usingElementComparator((one, other) -> Arrays.deepEquals(one, other) ? 0 : 1)
                    .containsExactlyElementsOf(
                            rows(0, MANY).stream().map(this::asStored).toList());
        }

        @Test
        void comeBackAsTheyWentIn() {
            insert(rows(0, MANY));
            assertStored();
        }

        /** Which no database loads in bulk. */
        @Test
        void comeBackAsTheyWentInWhenTheyReplaceOthers() {
            Session.inTransaction(address(), "merge rows", session -> {
                write(session, Collision.REPLACE, rows(0, MANY));
                write(session, Collision.REPLACE, rows(0, MANY));
                return session;
            });
            assertStored();
        }

        private void isRefused(@Nullable Object[] culprit) {
            var rows = new ArrayList<>(rows(0, MANY));
            rows.set(200, culprit);
            assertThatThrownBy(() -> insert(rows))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("Cannot insert rows in ");
            assertThat(stored()).isEmpty();
        }

        @Test
        void areRefusedTogetherWhenOneIsThereTwice() {
            isRefused(row(3));
        }

        @Test
        void areRefusedTogetherWhenOneLacksARequiredValue() {
            var row = row(200);
            row[NAME_AT] = null;
            isRefused(row);
        }

        @Test
        void areRefusedTogetherWhenATextIsTooLong() {
            assumeThat(limitsText()).isTrue();
            var row = row(200);
            row[NAME_AT] = "x".repeat(65);
            isRefused(row);
        }

        @Test
        void areRefusedTogetherWhenOneWasStoredBefore() {
            insert(rows(200, 1));
            assertThatThrownBy(() -> insert(rows(0, MANY))).isInstanceOf(StoreException.class);
            assertThat(stored()).hasSize(1);
        }

        @Test
        void leaveTheSessionUsableWhenOneCannotBeSent() throws SQLException {
            var rows = new ArrayList<>(rows(0, MANY));
            rows.get(200)[RAW_AT] = "not bytes";
            try (var session = Session.open(address())) {
                session.begin();
                assertThatThrownBy(() -> insert(session, rows)).isInstanceOf(ClassCastException.class);
                session.rollback();
                insert(session, rows(0, MANY));
                session.connection().commit();
            }
            assertThat(stored()).hasSize(MANY);
        }
    }

    @Nested
    class AMicroBatchOfManyRecords {
        private List<Prepared> records(int count) {
            return LongStream.range(0, count).mapToObj(Sample::record).toList();
        }

        @Test
        void isNotCommittedInPart() {
            var twice = new ArrayList<>(records(MANY));
            twice.add(200, record(3));
            try (var ledger = taken()) {
                assertThatThrownBy(() -> ledger.commit(changes(1, twice, List.of()), entry(0, MANY)))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                it -> assertThat(it.retryable()).isFalse())
                        .hasMessageStartingWith("Cannot commit micro-batch 1 of 'tweets' in ");
                assertThat(ledger.knows("q", 0)).isFalse();
                ledger.commit(changes(1, records(MANY), List.of()), entry(0, MANY));
            }
            assertThat(drained(new JdbcLandedLog(address(), LAYOUT).read(new Slice(0, 1))))
                    .extracting(it -> it.at().position())
                    .containsExactlyElementsOf(LongStream.range(0, MANY).boxed().toList());
        }
    }
}
