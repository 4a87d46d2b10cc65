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
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tandem.fold.Changes;
import dev.tandem.fold.Changes.Duplicate;
import dev.tandem.fold.Changes.Late;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.NamedFile.Kind;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.fold.StreamLedger.Entry;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a stream may rely on in every database: commits, restarts, and the log read back. */
abstract class LedgerContract extends BulkContract {

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
        void namesTheFilesOfTheLandedLog() {
            var segment =
                    new NamedFile("tweets/000000000/a.parquet", Kind.SEGMENT, 4_096, 0xffff_ffffL, 12, 3, 100, 112);
            var fates = new NamedFile("tweets/000000000/b.parquet", Kind.FATES, 1L << 40, 0, 1, 0, 0, 0);
            var second = new NamedFile("tweets/000000000/c.parquet", Kind.SEGMENT, 1, 1, 1, 0, 0, 1);
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(), List.of()), named(0, List.of(segment, fates)));
                ledger.commit(changes(2, List.of(), List.of()), named(1, List.of()));
                ledger.commit(changes(3, List.of(), List.of()), named(2, List.of(second)));
            }
            assertThat(reader().files(2)).containsExactly(Map.entry(1L, List.of(segment, fates)));
            assertThat(reader().files(3)).containsOnlyKeys(1L, 3L);
        }

        @Test
        void namesOneFileInThePlaceOfSeveral() {
            var first = new NamedFile("a.parquet", Kind.SEGMENT, 1, 1, 1, 0, 0, 1);
            var second = new NamedFile("b.parquet", Kind.SEGMENT, 1, 1, 1, 0, 1, 2);
            var third = new NamedFile("c.parquet", Kind.SEGMENT, 1, 1, 1, 0, 2, 3);
            var merged = new NamedFile("d.parquet", Kind.MERGED, 2, 2, 2, 0, 1, 3);
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(), List.of()), named(0, List.of(first)));
                ledger.commit(changes(2, List.of(), List.of()), named(1, List.of(second)));
                ledger.commit(changes(3, List.of(), List.of()), named(2, List.of(third)));
                var names = new SegmentNames(address(), "tweets");
                var both = Map.of(1L, List.of(first), 2L, List.of(second));

                names.replace(both, 2, List.of(merged));

                assertThat(reader().files(9))
                        .containsExactly(Map.entry(2L, List.of(merged)), Map.entry(3L, List.of(third)));
                assertThatThrownBy(() -> names.replace(both, 2, List.of(merged)))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("somebody has changed the files of micro-batch");
                assertThat(reader().files(9)).containsOnlyKeys(2L, 3L);
                ledger.commit(changes(4, List.of(), List.of()), named(3, List.of()));
            }
        }

        @Test
        void namesNoFileWhenAnyPartFails() {
            var file = new NamedFile("a.parquet", Kind.SEGMENT, 1, 1, 1, 0, 0, 1);
            try (var ledger = taken()) {
                var broken = changes(1, List.of(record(0), record(0)), List.of());
                assertThatThrownBy(() -> ledger.commit(broken, named(0, List.of(file))))
                        .isInstanceOf(StoreException.class);
            }
            assertThat(reader().files(1)).isEmpty();
        }

        private static Entry named(long engineBatch, List<NamedFile> files) {
            return new Entry("q", engineBatch, Map.of(), NOON.toEpochMilli(), 0, files);
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
        void isDoneAgainOverANewConnectionWhenTheOldOneWasLost() throws SQLException {
            assumeThat(hangingUp()).isPresent();
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(record(0)), List.of()), entry(0, 1));
                hangUp();
                var next = changes(2, List.of(record(1)), List.of());
                assertThatThrownBy(() -> ledger.commit(next, entry(1, 2)))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                it -> assertThat(it.retryable()).isTrue());
                assertThat(ledger.knows("q", 1)).isFalse();
                ledger.commit(next, entry(1, 2));
            }
            assertThat(reader().totals().read()).isEqualTo(2);
        }

        private void hangUp() throws SQLException {
            try (var session = Session.open(address())) {
                for (var statement : session.list(hangingUp().orElseThrow(), cells -> cells.text("said"))) {
                    session.connection().createStatement().execute(statement);
                }
            }
        }

        @Test
        void takesFiveThousandRecordsAtOnce() {
            var records = new ArrayList<Prepared>();
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
                    assertThat(it.revision()).isEqualTo(stats("a", 1).revision());
                });
                assertThat(ledger.openRows("ever")).isEmpty();
                assertThat(ledger.openRows("no such view")).isEmpty();
            }
        }
    }

    @Nested
    class TheLandedLog {
        private final JdbcLandedLog log = new JdbcLandedLog(address(), LAYOUT);

        private void landSome() {
            try (var ledger = taken()) {
                var duplicate = new Duplicate(record(2), new Coordinates(0, 0));
                var late = new Late(
                        record(3).at(), record(3).eventMicros(), record(3).arrivedMillis(), "stats", WINDOW, true);
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

        private static Changes changes(long number, List<Prepared> landed, List<Prepared> quarantined) {
            return Sample.changes(number, landed, quarantined, List.of(), List.of(), List.of());
        }

        private static Changes changes(
                long number,
                List<Prepared> landed,
                List<Prepared> quarantined,
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
        void travelsToWhereTheWorkIsDone() throws IOException, ClassNotFoundException {
            landSome();
            var bytes = new ByteArrayOutputStream();
            try (var out = new ObjectOutputStream(bytes)) {
                out.writeObject(log);
            }
            try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(drained(((JdbcLandedLog) in.readObject()).read(new Slice(2, 2))))
                        .hasSize(2);
            }
        }

        @Test
        void isCutIntoSlicesWithoutGapOrOverlap() {
            landSome();
            var cut = reader().lastCut().orElseThrow();
            assertThat(log.slices(cut, 2)).containsExactly(new Slice(0, 1), new Slice(2, 2));
            assertThat(log.slices(cut, 1)).containsExactly(new Slice(0, 2));
            assertThat(log.slices(new EndOffsets(1, Map.of(0, 4L)), 8)).containsExactly(new Slice(0, 1));
        }

        @Test
        void refusesACutThatTheLedgerDoesNotKnow() {
            landSome();
            assertThatThrownBy(() -> log.slices(new EndOffsets(2, Map.of(0, 7L)), 1))
                    .hasMessage(
                            "Cannot read the landed log of 'tweets' up to micro-batch 2 at positions {0=7}: the ledger knows micro-batch 2 at positions {0=6}; take the cut from this database's ledger");
        }

        @Test
        void givesTheKeptRecordsSinceAnEventTime() {
            landSome();
            assertThat(drained(log.recent(0, Instants.micros(NOON.plusMillis(3)))))
                    .extracting(it -> it.at().position())
                    .containsExactly(3L, 4L);
            assertThat(drained(log.recent(0, Long.MIN_VALUE))).hasSize(4);
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
}
