package dev.tandem.store;

import static dev.tandem.store.Sample.LAYOUT;
import static dev.tandem.store.Sample.NOON;
import static dev.tandem.store.Sample.WINDOW;
import static dev.tandem.store.Sample.changes;
import static dev.tandem.store.Sample.entry;
import static dev.tandem.store.Sample.record;
import static dev.tandem.store.Sample.refused;
import static dev.tandem.store.Sample.stats;
import static dev.tandem.store.Sample.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.Changes.Duplicate;
import dev.tandem.fold.Changes.Late;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.StreamLedger.Entry;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Instants;
import dev.tandem.model.Mode;
import dev.tandem.model.Window.Span;
import dev.tandem.store.JdbcStreamLedger.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every database that Tandem writes to promises. A new one extends this and writes no test of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContract {
    private static final Clock CLOCK = Clock.fixed(NOON.plusNanos(123_456_000), ZoneOffset.UTC);

    /** A database that the test may do anything with. */
    abstract DatabaseAddress address();

    @BeforeEach
    void makeTablesAnew() throws SQLException {
        try (var session = Session.open(address())) {
            for (var table : LAYOUT.tables()) {
                session.execute("drop table if exists " + session.dialect().quoted(table.name()));
            }
        }
        Ddl.create(address(), LAYOUT);
    }

    private JdbcStreamLedger ledger(String owner) {
        return new JdbcStreamLedger(address(), LAYOUT, new Writer("run-1", owner), CLOCK);
    }

    private JdbcStreamLedger taken() {
        var ledger = ledger("first");
        ledger.takeOver();
        return ledger;
    }

    private List<StoredRow> streamRows() {
        return drained(new ResultReader(address(), Sample.STATS, "stream_stats").rows());
    }

    private List<StoredRow> batchRows() {
        return drained(new ResultReader(address(), Sample.STATS, "batch_stats").rows());
    }

    private LedgerReader reader() {
        return new LedgerReader(address(), "tweets");
    }

    private static <T> List<T> drained(Iterator<T> iterator) {
        var all = new ArrayList<T>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    @Nested
    class ACommit {
        @Test
        void leavesOneCopyWhenDoneTwice() {
            try (var ledger = taken()) {
                var first = ledger.commit(changes(1, List.of(record(0)), List.of(stats("a", 1))), entry(0, 1));
                var second = ledger.commit(changes(1, List.of(record(0)), List.of(stats("a", 2))), entry(0, 1));
                assertThat(second).isEqualTo(first);
            }
            assertThat(streamRows()).extracting(StoredRow::events).containsExactly(1L);
            assertThat(reader().totals().read()).isEqualTo(1);
        }

        @Test
        void isKnownAfterwardsAndNotBefore() {
            try (var ledger = taken()) {
                assertThat(ledger.knows("q", 0)).isFalse();
                ledger.commit(changes(1, List.of(record(0)), List.of()), entry(0, 1));
                assertThat(ledger.knows("q", 0)).isTrue();
                assertThat(ledger.knows("other", 0)).isFalse();
            }
        }

        @Test
        void writesNothingWhenAnyPartFails() {
            try (var ledger = taken()) {
                var broken = changes(1, List.of(record(0), record(0)), List.of(stats("a", 1)));
                assertThatThrownBy(() -> ledger.commit(broken, entry(0, 1)))
                        .isInstanceOf(StoreException.class)
                        .hasMessageStartingWith("Cannot commit micro-batch 1 of 'tweets' in ");
                assertThat(ledger.knows("q", 0)).isFalse();
                assertThat(reader().microBatches()).isEmpty();
                ledger.commit(changes(1, List.of(record(0)), List.of(stats("a", 1))), entry(0, 1));
            }
            assertThat(streamRows()).hasSize(1);
        }

        @Test
        void isRefusedToAWriterThatWasReplaced() {
            try (var first = taken();
                    var second = ledger("host-2/77")) {
                second.takeOver();
                assertThatThrownBy(() -> first.commit(changes(1, List.of(record(0)), List.of()), entry(0, 1)))
                        .isInstanceOf(StoreException.class)
                        .hasMessage(
                                "Cannot commit micro-batch 1 of 'tweets': another Tandem took over at 2026-03-01T12:00:00.123456Z (host-2/77); let that one run and end this one");
                second.commit(changes(1, List.of(record(0)), List.of()), entry(0, 1));
            }
            assertThat(reader().totals().read()).isEqualTo(1);
        }

        @Test
        void isRefusedBeforeTakingOver() {
            try (var ledger = ledger("first")) {
                assertThatThrownBy(() -> ledger.commit(changes(1, List.of(), List.of()), entry(0, 0)))
                        .hasMessage(
                                "Cannot commit micro-batch 1 of 'tweets': this Tandem has not taken over the pipeline; take over first");
            }
        }

        @Test
        void replacesARowByItsLaterRevision() {
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(), List.of(total(5, 1, Status.OPEN))), entry(0, 0));
                var both = List.of(total(6, 2, Status.OPEN), total(7, 3, Status.CLOSED));
                ledger.commit(changes(2, List.of(), both), entry(1, 0));
            }
            var row = new ResultReader(address(), Sample.EVER, "stream_ever")
                    .rows()
                    .next();
            assertThat(row.revision()).isEqualTo(3);
            assertThat(row.status()).isEqualTo(Status.CLOSED);
            assertThat(row.measures()).containsExactly(7L);
            assertThat(row.window()).isEqualTo(Span.ALL);
            assertThat(row.runId()).isEqualTo("run-1");
            assertThat(row.asOf()).isEqualTo(CLOCK.instant());
        }

        @Test
        void takesManyMicroBatchesThatTheEngineDidNotMake() {
            try (var ledger = taken()) {
                var byTime = new Entry("q", -1, Map.of(), NOON.toEpochMilli(), 0);
                ledger.commit(changes(1, List.of(), List.of()), byTime);
                ledger.commit(changes(2, List.of(), List.of()), byTime);
            }
            assertThat(reader().microBatches()).hasSize(2).allSatisfy(it -> {
                assertThat(it.ranges()).isEmpty();
                assertThat(it.engineBatch()).isEqualTo(-1);
                assertThat(it.firstArrival()).isEmpty();
            });
        }

        @Test
        void takesFiveThousandRecordsAtOnce() {
            var records = new ArrayList<dev.tandem.fold.Prepared>();
            for (int position = 0; position < 5_000; position++) {
                records.add(record(position));
            }
            try (var ledger = taken()) {
                ledger.commit(changes(1, records, List.of()), entry(0, 5_000));
            }
            assertThat(drained(new JdbcLandedLog(address(), LAYOUT).read(new Slice(0, 1))))
                    .hasSize(5_000);
        }
    }

    @Nested
    class AResumption {
        @Test
        void isEmptyForANewPipeline() {
            try (var ledger = ledger("first")) {
                var resumption = ledger.takeOver();
                assertThat(resumption.lastNumber()).isZero();
                assertThat(resumption.last()).isEqualTo(Watermarks.NONE);
                assertThat(resumption.positions()).isEmpty();
            }
        }

        @Test
        void tellsWhereTheLastWriterStopped() {
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(record(0)), List.of()), entry(0, 1));
                ledger.commit(changes(2, List.of(record(1), record(2)), List.of()), entry(1, 3));
            }
            try (var ledger = ledger("second")) {
                var resumption = ledger.takeOver();
                assertThat(resumption.lastNumber()).isEqualTo(2);
                assertThat(resumption.positions()).containsExactly(Map.entry(0, 3L));
                assertThat(resumption.highestEvent()).isEqualTo(Instants.micros(NOON) + 20_000);
                assertThat(resumption.watermarks().get(1L))
                        .isEqualTo(new Watermarks(Long.MIN_VALUE, Instants.micros(NOON) + 1));
                assertThat(resumption.last())
                        .isEqualTo(new Watermarks(Instants.micros(NOON) + 1, Instants.micros(NOON) + 2));
            }
        }

        @Test
        void knowsTheRevisionsOfOpenRows() {
            try (var ledger = taken()) {
                var rows = List.of(stats("a", 1), total(1, 4, Status.CLOSED));
                ledger.commit(changes(1, List.of(), rows), entry(0, 0));
                assertThat(ledger.openRows("stats")).singleElement().satisfies(it -> {
                    assertThat(it.window()).isEqualTo(WINDOW);
                    assertThat(it.key()).containsExactly("a", 7L);
                    assertThat(it.rowKey()).isEqualTo(stats("a", 1).rowKey());
                });
                assertThat(ledger.openRows("ever")).isEmpty();
                assertThat(ledger.openRows("no such view")).isEmpty();
            }
        }
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
                            .sorted(java.util.Comparator.nullsFirst(java.util.Comparator.naturalOrder()))
                            .toList());
        }

        @Test
        void givesBackWhatWasWritten() {
            for (var edge : edges()) {
                var row = new ResultRow("stats", WINDOW, List.of("k", 1), edge, Status.CORRECTED, 2, 3);
                new BatchResults(address(), LAYOUT, CLOCK)
                        .replace("b", List.of(row).iterator());
                assertThat(batchRows()).singleElement().satisfies(it -> {
                    assertThat(it.measures()).containsExactlyElementsOf(edge);
                    assertThat(it.status()).isEqualTo(Status.CORRECTED);
                    assertThat(it.key()).containsExactly("k", 1L);
                });
            }
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
        void comesInTheOrderOfWindowAndKey() {
            var later = new Span(WINDOW.end(), WINDOW.end().plus(Duration.ofMinutes(20)));
            var rows = List.of(stats(later, "a", 1), stats("b", 2), stats("B", 3), stats(null, 4));
            new BatchResults(address(), LAYOUT, CLOCK).replace("b", rows.iterator());
            assertThat(batchRows()).extracting(StoredRow::events).containsExactly(4L, 3L, 2L, 1L);
        }
    }

    /** Text as this database gives it back: the same, unless it declares otherwise. */
    @Nullable
    String asStored(@Nullable String text) {
        return text;
    }

    @Nested
    class TheLandedLog {
        private final JdbcLandedLog log = new JdbcLandedLog(address(), LAYOUT);

        private void landSome() {
            try (var ledger = taken()) {
                var duplicate = new Duplicate(record(2), new Coordinates(0, 0));
                var late = new Late(record(3), "stats", WINDOW, true);
                ledger.commit(
                        changes(
                                1,
                                List.of(Sample.at(1, record(0)), record(0), record(3)),
                                List.of(refused(1, "broken")),
                                List.of(duplicate),
                                List.of(late, late),
                                List.of()),
                        entry(0, 4));
                ledger.commit(changes(2, List.of(record(4)), List.of(refused(5, "future"))), entry(1, 6));
            }
        }

        private static dev.tandem.fold.Changes changes(
                long number, List<dev.tandem.fold.Prepared> landed, List<dev.tandem.fold.Prepared> quarantined) {
            return Sample.changes(number, landed, quarantined, List.of(), List.of(), List.of());
        }

        private static dev.tandem.fold.Changes changes(
                long number,
                List<dev.tandem.fold.Prepared> landed,
                List<dev.tandem.fold.Prepared> quarantined,
                List<Duplicate> duplicates,
                List<Late> late,
                List<ResultRow> rows) {
            return Sample.changes(number, landed, quarantined, duplicates, late, rows);
        }

        @Test
        void givesEveryRecordOnceAndInOrder() {
            landSome();
            var landed = drained(log.read(new Slice(0, 2)));
            assertThat(landed)
                    .extracting(it -> it.at().toString())
                    .containsExactly("0-0", "0-1", "0-2", "0-3", "1-0", "0-4", "0-5");
            assertThat(landed)
                    .extracting(Landed::as)
                    .startsWith(Landed.As.KEPT, Landed.As.QUARANTINED, Landed.As.DUPLICATE, Landed.As.KEPT);
            assertThat(landed.get(1).raw().bytes()).isEqualTo("{\"id\":\"id-1\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(landed.get(1).arrivedMillis())
                    .isEqualTo(NOON.plusMillis(1_001).toEpochMilli());
            assertThat(landed.get(6).microBatch()).isEqualTo(2);
        }

        @Test
        void isCutIntoSlicesWithoutGapOrOverlap() {
            landSome();
            var cut = reader().lastCut().orElseThrow();
            assertThat(log.slices(cut, 2)).containsExactly(new Slice(0, 1), new Slice(2, 2));
            assertThat(log.slices(cut, 1)).containsExactly(new Slice(0, 2));
            assertThat(log.slices(new Cut(1, Map.of(0, 4L)), 8)).containsExactly(new Slice(0, 1));
        }

        @Test
        void refusesACutThatTheLedgerDoesNotKnow() {
            landSome();
            assertThatThrownBy(() -> log.slices(new Cut(2, Map.of(0, 7L)), 1))
                    .hasMessage(
                            "Cannot read the landed log of 'tweets' up to micro-batch 2 at positions {0=7}: the ledger knows micro-batch 2 at positions {0=6}; take the cut from this database's ledger");
        }

        @Test
        void givesTheKeptRecordsSinceAnEventTime() {
            landSome();
            assertThat(drained(log.recent(Instants.micros(NOON.plusMillis(3)))))
                    .extracting(it -> it.at().position())
                    .containsExactly(3L, 4L);
            assertThat(drained(log.recent(Long.MIN_VALUE))).hasSize(4);
        }

        @Test
        void isTheLedgersSumOfFates() {
            landSome();
            assertThat(reader().totals().read()).isEqualTo(7);
            assertThat(reader().quarantineReasons(2)).isEqualTo(Map.of("broken", 1L, "future", 1L));
            assertThat(reader().quarantineReasons(1)).isEqualTo(Map.of("broken", 1L));
        }

        @Test
        void listsLateRecordsOnceForEachWindow() {
            landSome();
            assertThat(drained(reader().late(2)))
                    .containsExactly(new LedgerReader.LateRecord(new Coordinates(0, 3), "stats", WINDOW, true, 1));
            assertThat(drained(reader().duplicates(2)))
                    .containsExactly(new LedgerReader.DuplicateRecord(new Coordinates(0, 2), new Coordinates(0, 0), 1));
            assertThat(drained(reader().quarantined(1)))
                    .extracting(LedgerReader.QuarantinedRecord::detail)
                    .containsExactly(
                            Optional.ofNullable(asStored("it says 'no\0thing'")).orElseThrow());
        }
    }

    @Nested
    class ABatch {
        private final BatchResults results = new BatchResults(address(), LAYOUT, CLOCK);

        @Test
        void replacesTheRowsOfTheEarlierOne() {
            results.replace(
                    "one", List.of(stats("a", 1), total(9, 1, Status.CLOSED)).iterator());
            results.replace("two", List.of(stats("b", 2)).iterator());
            assertThat(batchRows()).extracting(StoredRow::runId).containsExactly("two");
            assertThat(new ResultReader(address(), Sample.EVER, "batch_ever")
                            .rows()
                            .hasNext())
                    .isFalse();
        }

        @Test
        void leavesTheEarlierOneWhenItFails() {
            results.replace("one", List.of(stats("a", 1)).iterator());
            var broken = List.of(stats("b", 1), stats("b", 2)).iterator();
            assertThatThrownBy(() -> results.replace("two", broken)).isInstanceOf(StoreException.class);
            assertThat(batchRows()).extracting(StoredRow::runId).containsExactly("one");
        }

        @Test
        void isSeenWholeOrNotAtAllByReaders() {
            results.replace("one", List.of(stats("a", 1)).iterator());
            var watched = new ArrayList<String>();
            var rows = List.of(stats("b", 1), stats("c", 1)).stream()
                    .peek(row ->
                            watched.add(batchRows().get(0).runId() + batchRows().size()))
                    .iterator();
            results.replace("two", rows);
            assertThat(watched).containsExactly("one1", "one1");
            assertThat(batchRows()).extracting(StoredRow::runId).containsExactly("two", "two");
        }
    }

    @Nested
    class TheBookOfRuns {
        private final Runs runs = new Runs(address());
        private final Cut cut = new Cut(42, Map.of(0, 17L, 12, 23L));

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
            tables.replace(runs, List.of(difference), List.of(cause));
            tables.replace(runs, List.of(difference), List.of(cause));
            assertThat(tables.differences(runs)).containsExactly(difference);
            assertThat(tables.causes(runs)).containsExactly(cause);
        }
    }

    @Nested
    class TheTables {
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
        void areRefusedWhenANewerTandemMadeThem() throws SQLException {
            try (var session = Session.open(address())) {
                session.execute("update tandem_schema set version = 2");
            }
            assertThatThrownBy(() -> Ddl.create(address(), LAYOUT))
                    .hasMessage(
                            "Cannot use the tables in %s: they are of version 2, this Tandem knows version 1; use a newer Tandem or another database"
                                    .formatted(address().told()));
        }
    }
}
