package dev.tandem.store;

import static dev.tandem.store.Sample.LAYOUT;
import static dev.tandem.store.Sample.NOON;
import static dev.tandem.store.Sample.WINDOW;
import static dev.tandem.store.Sample.changes;
import static dev.tandem.store.Sample.entry;
import static dev.tandem.store.Sample.stats;
import static dev.tandem.store.Sample.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.model.Mode;
import dev.tandem.model.Window.Span;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database that Tandem writes to promises. A new one extends this and writes no test of its own. */
abstract class StoreContract extends OutputContract {

    /** What takes a column from a table. */
    List<String> withoutColumn(String table, String column) {
        return List.of("alter table %s drop column %s".formatted(table, column));
    }

    @Nested
    class ARow {
        private static final List<@Nullable String> LOOKALIKES = Arrays.asList(
                null,
                "",
                " ",
                "a",
                "A",
                "a ",
                "á",
                "ä",
                "ae",
                "ss",
                "ß",
                "İ",
                "i",
                "日本",
                "👍🏽",
                "ﾗｰﾒﾝ",
                "a\0b",
                "x".repeat(10_000));

        @Test
        void staysApartFromThoseThatOnlyLookLikeIt() {
            var rows = new ArrayList<ResultRow>();
            LOOKALIKES.forEach(tag -> rows.add(stats(tag, 1)));
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(), rows), entry(0, 0));
                ledger.commit(changes(2, List.of(), rows), entry(1, 0));
            }
            assertThat(streamRows()).hasSize(LOOKALIKES.size());
            assertThat(streamRows().stream().map(it -> it.key().get(0)))
                    .containsExactlyElementsOf(LOOKALIKES.stream()
                            .map(StoreContract.this::asStored)
                            .sorted(Comparator.nullsFirst((one, other) -> Arrays.compareUnsigned(
                                    one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))))
                            .toList());
        }

        @Test
        void givesBackWhatWasWritten() {
            for (var edge : edges()) {
                var row = new ResultRow("stats", WINDOW, List.of("k", 1), edge, Status.CORRECTED, 2, 3);
                replace("b", List.of(row).iterator());
                assertThat(batchRows()).singleElement().satisfies(it -> {
                    assertThat(it.measures()).containsExactlyElementsOf(edge);
                    assertThat(it.status()).isEqualTo(Status.CORRECTED);
                    assertThat(it.key()).containsExactly("k", 1L);
                });
            }
        }

        @ParameterizedTest
        @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 0.0})
        void givesBackASpecialNumber(double share) {
            var row = new ResultRow(
                    "stats",
                    WINDOW,
                    List.of("k", 1),
                    Arrays.asList(1L, null, share, null, null, null),
                    Status.CLOSED,
                    1,
                    3);
            replace("b", List.of(row).iterator());
            assertThat(batchRows())
                    .singleElement()
                    .satisfies(it -> assertThat(it.measures()).element(2).isEqualTo(asStored(share)));
        }

        private List<List<@Nullable Object>> edges() {
            return List.of(
                    List.of(
                            Long.MAX_VALUE,
                            new BigDecimal("999999999999999999999999999999999999.99"),
                            1e300,
                            Instant.parse("9999-12-31T23:59:59.999999Z"),
                            LocalDate.of(9999, 12, 31),
                            true),
                    List.of(
                            Long.MIN_VALUE,
                            new BigDecimal("-12345678901234567.89"),
                            -4.9e-300,
                            Instant.parse("0001-01-01T00:00:00.000001Z"),
                            LocalDate.of(1, 1, 1),
                            false),
                    List.of(0L, new BigDecimal("0.00"), 0.1, NOON.plusNanos(1_000), LocalDate.of(1900, 2, 28), true),
                    Arrays.asList(null, null, null, null, null, null));
        }

        @Test
        void isFoundByTheValuesOfKeyColumns() {
            var later = new Span(WINDOW.end(), WINDOW.end().plus(Duration.ofMinutes(20)));
            var rows = List.of(stats(later, "a'", 1), stats("a'", 2), stats("b", 3), stats(null, 4));
            replace("b", rows.iterator());
            var reader = new ResultReader(address(), Sample.STATS, "batch_stats");
            var column = Sample.STATS.keys().get(0).name();
            assertThat(drained(reader.rows(Map.of(column, "a'"))))
                    .extracting(StoredRow::events)
                    .containsExactly(2L, 1L);
            assertThat(drained(reader.rows(Map.of(column, "c")))).isEmpty();
        }

        @Test
        void comesInTheOrderOfWindowAndKey() {
            var later = new Span(WINDOW.end(), WINDOW.end().plus(Duration.ofMinutes(20)));
            var rows = List.of(stats(later, "a", 1), stats("b", 2), stats("B", 3), stats(null, 4));
            replace("b", rows.iterator());
            assertThat(batchRows()).extracting(StoredRow::events).containsExactly(4L, 3L, 2L, 1L);
        }
    }

    @Nested
    class ABatch {
        @Test
        void replacesTheRowsOfTheEarlierOne() {
            replace("one", List.of(stats("a", 1), total(9, 1, Status.CLOSED)).iterator());
            replace("two", List.of(stats("b", 2)).iterator());
            assertThat(batchRows()).extracting(StoredRow::runId).containsExactly("two");
            assertThat(new ResultReader(address(), Sample.EVER, "batch_ever")
                            .rows()
                            .hasNext())
                    .isFalse();
        }

        @Test
        void leavesTheEarlierOneWhenItFails() {
            replace("one", List.of(stats("a", 1)).iterator());
            var broken = List.of(stats("b", 1), stats("b", 2)).iterator();
            assertThatThrownBy(() -> replace("two", broken)).isInstanceOf(StoreException.class);
            assertThat(batchRows()).extracting(StoredRow::runId).containsExactly("one");
        }

        @Test
        void isSeenWholeOrNotAtAllByReaders() {
            replace("one", List.of(stats("a", 1)).iterator());
            var watched = new ArrayList<String>();
            var rows = List.of(stats("b", 1), stats("c", 1)).stream()
                    .peek(row ->
                            watched.add(batchRows().get(0).runId() + batchRows().size()))
                    .iterator();
            replace("two", rows);
            assertThat(watched).containsExactly("one1", "one1");
            assertThat(batchRows()).extracting(StoredRow::runId).containsExactly("two", "two");
        }
    }

    @Nested
    class TheBookOfRuns {
        private final Runs runs = new Runs(address());
        private final EndOffsets cut = new EndOffsets(42, Map.of(0, 17L, 12, 23L));

        @Test
        void findsTheLatestRunOfAMode() {
            runs.start(new Runs.Start("s", "tweets", Mode.STREAM, "hash", Optional.empty(), NOON));
            runs.start(new Runs.Start("b1", "tweets", Mode.BATCH, "hash", Optional.of(cut), NOON));
            runs.start(new Runs.Start("b2", "tweets", Mode.BATCH, "hash", Optional.of(cut), NOON.plusMillis(1)));
            assertThat(runs.latest("tweets", Mode.BATCH).orElseThrow().start().runId())
                    .isEqualTo("b2");
            assertThat(runs.latest("other", Mode.BATCH)).isEmpty();
            assertThat(runs.named("b1").orElseThrow().cut()).contains(cut);
        }

        @Test
        void keepsHowARunEnded() {
            runs.start(new Runs.Start("s", "tweets", Mode.STREAM, "hash", Optional.empty(), NOON));
            assertThat(runs.named("s").orElseThrow().end()).isEmpty();
            var end = new Runs.End(NOON.plusSeconds(1), "finished", Optional.of(cut), "{\"perSecond\":1.5}");
            runs.finish("s", end);
            assertThat(runs.named("s").orElseThrow().end()).contains(end);
        }

        @Test
        void doesNotEndARunThatNeverBegan() {
            assertThatThrownBy(() -> runs.finish("x", new Runs.End(NOON, "finished", Optional.empty(), "{}")))
                    .hasMessageStartingWith("Cannot write down the end of the run 'x': ");
        }
    }

    @Nested
    class AFindingOfTheComparison {
        @Test
        void replacesThoseOfAnEarlierComparison() {
            var tables = new ParityTables(address());
            var runs = new ParityTables.Comparison("tweets", "s", "b");
            var cell = new ParityTables.Cell("stats", stats("a", 1).rowKey(), "likes");
            var difference = new ParityTables.Difference(
                    cell, WINDOW, "{\"tag\":\"a\"}", Optional.of("1"), Optional.empty(), "explained");
            var cause = new ParityTables.Cause(cell, "late", Optional.of("-1"), "[\"0-3\"]");
            var found = List.of(
                    new ParityTables.Findings(List.of(difference), List.of(cause)),
                    new ParityTables.Findings(List.of(), List.of()));
            tables.replace(runs, found.iterator());
            tables.replace(runs, found.iterator());
            assertThat(tables.differences(runs)).containsExactly(difference);
            assertThat(tables.causes(runs)).containsExactly(cause);
        }
    }

    @Nested
    class TheTables {
        @AfterEach
        void makeThemAnew() {
            spoil();
        }

        @Test
        void areLeftAloneWhenTheyAreThere() {
            Ddl.create(address(), LAYOUT);
            Ddl.create(address(), LAYOUT);
        }

        @Test
        void areRefusedWhenAColumnIsMissing() throws SQLException {
            try (var session = Session.open(address())) {
                session.execute("drop table stream_ever");
                session.execute(
                        "create table stream_ever (row_key int, tweets int, status int, events int, run_id int)");
            }
            assertThatThrownBy(() -> Ddl.create(address(), LAYOUT))
                    .hasMessage(
                            "Cannot use table 'stream_ever' in %s: it has no column 'revision', 'as_of'; rename or drop the table and Tandem makes it anew, or give the output another name"
                                    .formatted(address().told()));
        }

        @Test
        void areRefusedWhenAnOlderTandemMadeThem() throws SQLException {
            try (var session = Session.open(address())) {
                for (var statement : withoutColumn("tandem_ledger", "split")) {
                    session.execute(statement);
                }
            }
            assertThatThrownBy(() -> Ddl.create(address(), LAYOUT))
                    .hasMessage(
                            "Cannot use table 'tandem_ledger' in %s: it has no column 'split'; another Tandem made it: use that one, or another database"
                                    .formatted(address().told()));
        }

        @Test
        void areRefusedWhenANewerTandemMadeThem() throws SQLException {
            try (var session = Session.open(address())) {
                session.execute("update tandem_schema set version = 3");
            }
            assertThatThrownBy(() -> Ddl.create(address(), LAYOUT))
                    .hasMessage(
                            "Cannot use the tables in %s: they are of version 3, this Tandem knows version 2; use a newer Tandem or another database"
                                    .formatted(address().told()));
        }
    }
}
