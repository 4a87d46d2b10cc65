package dev.tandem.store;

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

import dev.tandem.fold.Changes.Late;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.model.Window.Span;
import dev.tandem.store.RefusedScan.Filter;
import dev.tandem.store.RefusedScan.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What somebody who only looks may rely on in every database. */
abstract class LookContract extends LedgerContract {
    private static final Span LATER = new Span(WINDOW.end(), WINDOW.end().plus(Duration.ofMinutes(20)));

    @Nested
    class ALookAtTheLedger {
        private final LedgerPoll look = new LedgerPoll(address(), "tweets");

        @Test
        void isEmptyBeforeTheFirstMicroBatch() {
            assertThat(look.firstOfLast(10)).isEmpty();
            assertThat(look.since(0).since()).isEmpty();
            assertThat(look.before(7).read()).isZero();
        }

        @Test
        void givesWhatIsNewAndWhoWroteIt() {
            try (var ledger = taken()) {
                for (long number = 1; number <= 3; number++) {
                    ledger.commit(changes(number, List.of(record(number)), List.of()), entry(number - 1, 1));
                }
            }
            var news = look.since(2);
            assertThat(news.since()).isEqualTo(reader().microBatches().subList(1, 3));
            assertThat(news.writer().orElseThrow().owner()).isEqualTo("first");
            assertThat(look.firstOfLast(2)).contains(2L);
            assertThat(look.before(3).read()).isEqualTo(2);
        }

        @Test
        void changesWhenARunStartsOrEnds() {
            var runs = new Runs(address());
            var before = look.since(0).runs();
            runs.start(new Runs.Start(
                    "r", "tweets", dev.tandem.model.Mode.STREAM, "hash", Optional.empty(), CLOCK.instant()));
            var started = look.since(0).runs();
            runs.finish("r", new Runs.End(CLOCK.instant(), "drained", Optional.empty(), "{}"));

            assertThat(List.of(before, started, look.since(0).runs())).doesNotHaveDuplicates();
        }
    }

    @Nested
    class ALookAtRefusedRecords {
        private final RefusedRecords look = new RefusedRecords(address(), "tweets");

        private void refuseSome() {
            try (var ledger = taken()) {
                var late = new Late(
                        record(3).at(), record(3).eventMicros(), record(3).arrivedMillis(), "stats", WINDOW, true);
                ledger.commit(
                        changes(
                                1,
                                List.of(record(3)),
                                List.of(refused(1, "broken"), refused(2, "broken"), refused(4, "future")),
                                List.of(),
                                List.of(late),
                                List.of()),
                        entry(0, 5));
            }
        }

        @Test
        void countsThemByReasonMostFirst() {
            refuseSome();
            assertThat(look.quarantineCounts().toString()).isEqualTo("{broken=2, future=1}");
            assertThat(look.lateCounts().toString()).isEqualTo("{stats=1}");
        }

        @Test
        void givesTheLatestFirstWithTheirBytes() {
            refuseSome();
            assertThat(look.quarantined(2)).extracting(it -> it.at().position()).containsExactly(4L, 2L);
            assertThat(look.quarantined(1))
                    .allSatisfy(it -> assertThat(it.raw()).isNotEmpty());
        }

        @Test
        void countsAndGivesThemOneAfterTheOther() {
            refuseSome();
            var scan = new RefusedScan(address(), "tweets", Optional.of("tweet_raw"));
            var summary = scan.summary(Kind.QUARANTINE, Filter.ALL);
            assertThat(summary.records()).isEqualTo(3);
            assertThat(summary.byReason().toString()).isEqualTo("{broken=2, future=1}");
            assertThat(summary.byHour().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(3);
            var broken = new Filter(
                    Optional.of("broken"), Optional.of(record(2).at().partition()), Optional.empty(), Optional.empty());
            try (var records = scan.records(Kind.QUARANTINE, broken)) {
                assertThat(records)
                        .toIterable()
                        .extracting(it -> it.at().position())
                        .containsExactly(1L, 2L);
            }
            try (var records = scan.records(Kind.LATE, Filter.ALL)) {
                assertThat(records).toIterable().extracting(it -> it.raw()).containsExactly("{\"id\":\"id-3\"}");
            }
            assertThat(scan.summary(Kind.DUPLICATE, Filter.ALL).records()).isZero();
            var arrived = Instant.ofEpochMilli(record(1).arrivedMillis());
            var before = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(arrived));
            assertThat(scan.summary(Kind.QUARANTINE, before).records()).isZero();
            var since = new Filter(Optional.empty(), Optional.empty(), Optional.of(arrived), Optional.empty());
            assertThat(scan.summary(Kind.QUARANTINE, since).records()).isEqualTo(3);
        }

        @Test
        void givesWhatCameLateFromTheLandingTable() {
            refuseSome();
            assertThat(look.late(10, Optional.of("tweet_raw"))).singleElement().satisfies(it -> {
                assertThat(it.reason()).isEqualTo("stats");
                assertThat(it.raw()).isEqualTo("{\"id\":\"id-3\"}");
                assertThat(it.detail()).contains("2026-03-01T12:00:00Z to 2026-03-01T12:20:00Z");
                assertThat(it.eventTime()).contains(NOON.plusMillis(3));
            });
        }
    }

    @Nested
    class ALookAtATable {
        private final TableReader look = new TableReader(address(), "stream_stats", true);

        private void store() {
            try (var ledger = taken()) {
                var rows = List.of(stats("a", 1), stats(LATER, "b", 2), stats(LATER, "c", 3));
                ledger.commit(changes(1, List.of(record(0)), rows), entry(0, 1));
            }
        }

        @Test
        void givesTheViewsColumnsInItsOrder() {
            store();
            assertThat(look.columns())
                    .extracting(TableReader.Column::name)
                    .containsExactly("tag", "size", "likes", "spent", "share", "first", "day", "any");
            assertThat(look.columns())
                    .filteredOn(TableReader.Column::numeric)
                    .extracting(TableReader.Column::name)
                    .contains("size", "likes", "share")
                    .doesNotContain("tag", "first", "day");
        }

        @Test
        void givesTheRowsOfTheLastWindows() {
            store();
            var from = look.startOfLast(1).orElseThrow();
            assertThat(from).isEqualTo(LATER.start());
            assertThat(look.since(from, 10))
                    .extracting(it -> it.cells().get(2).orElse(""))
                    .containsOnly("2", "3");
            assertThat(look.since(look.startOfLast(2).orElseThrow(), 10)).hasSize(3);
        }

        @Test
        void givesEveryCellAsItsExactText() {
            var day = LocalDate.parse("2026-02-28");
            var measures =
                    List.<@Nullable Object>of(7L, new BigDecimal("12345678901234567890.10"), 0.5, NOON, day, true);
            var row = new ResultRow("stats", WINDOW, List.of("a", 1), measures, Status.OPEN, 1, 7);
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(), List.of(row)), entry(0, 0));
            }
            assertThat(look.since(NOON, 10)).singleElement().satisfies(it -> {
                assertThat(it.start()).contains(WINDOW.start());
                assertThat(it.status()).isEqualTo("open");
                assertThat(it.cells().stream().limit(5).map(Optional::orElseThrow))
                        .containsExactly("a", "1", "7", "12345678901234567890.10", "0.5");
                assertThat(Instant.parse(it.cells().get(5).orElseThrow())).isEqualTo(NOON);
                assertThat(it.cells().get(6)).contains("2026-02-28");
            });
        }

        @Test
        void countsWhatMayStillChange() {
            store();
            assertThat(look.open(Optional.empty())).isEqualTo(new TableReader.Open(3, 2));
            assertThat(look.open(Optional.of(LATER.start()))).isEqualTo(new TableReader.Open(2, 1));
        }

        @Test
        void seesAViewThatIsNeverCut() {
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(), List.of(total(5, 1, Status.OPEN))), entry(0, 0));
            }
            var ever = new TableReader(address(), "stream_ever", false);
            assertThat(ever.all(10)).singleElement().satisfies(it -> {
                assertThat(it.cells()).containsExactly(Optional.of("5"));
                assertThat(it.start()).isEmpty();
            });
            assertThat(ever.open(Optional.empty())).isEqualTo(new TableReader.Open(1, 0));
        }

        @Test
        void saysThatATableIsMissing() {
            assertThatThrownBy(() -> new TableReader(address(), "stream_nothing", false).all(1))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            it -> assertThat(it.tableMissing()).isTrue());
        }
    }
}
