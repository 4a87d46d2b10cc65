package dev.tandem.store;

import static dev.tandem.store.Sample.CANCELLED;
import static dev.tandem.store.Sample.ELSEWHERE;
import static dev.tandem.store.Sample.EVENTS;
import static dev.tandem.store.Sample.LAYOUT;
import static dev.tandem.store.Sample.NOON;
import static dev.tandem.store.Sample.changes;
import static dev.tandem.store.Sample.entry;
import static dev.tandem.store.Sample.fields;
import static dev.tandem.store.Sample.gone;
import static dev.tandem.store.Sample.passed;
import static dev.tandem.store.Sample.record;
import static dev.tandem.store.Sample.stats;
import static dev.tandem.store.Sample.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.fold.Changes;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.model.Instants;
import dev.tandem.model.Schema;
import dev.tandem.model.Window.Span;
import dev.tandem.model.record.MalformedRecordException;
import dev.tandem.model.record.RecordParser;
import dev.tandem.store.JdbcStreamLedger.Writer;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a pipeline's outputs may rely on in every database. */
abstract class OutputContract extends SwitchContract {
    private static Changes withGone(Changes changes, ResultRow... gone) {
        return with(changes, Arrays.stream(gone).map(Sample::gone).toList(), List.of(), Map.of());
    }

    private static Changes withEvents(Changes changes, Prepared... events) {
        return with(changes, List.of(), List.of(events), Map.of());
    }

    /** Replaces the batch's rows, and its records by none. */
    final void replace(String runId, Iterator<ResultRow> rows) {
        new BatchResults(address(), LAYOUT, CLOCK)
                .replace(
                        runId,
                        rows,
                        Map.of(EVENTS, List.<List<@Nullable Object>>of().iterator()));
    }

    @Nested
    class ARowThatIsGone {
        @Test
        void isDeletedInEveryTableOfItsView() {
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(), List.of(stats("a", 1), stats("b", 1))), entry(0, 0));
                ledger.commit(withGone(changes(2, List.of(), List.of()), stats("a", 9)), entry(1, 0));
            }
            assertThat(streamRows()).extracting(it -> it.key().get(0)).containsExactly("b");
        }

        @Test
        void staysWhenItIsWrittenAgainInTheSameMicroBatch() {
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(), List.of(stats("a", 1))), entry(0, 0));
                var again = withGone(changes(2, List.of(), List.of(stats("a", 2))), stats("a", 1));
                ledger.commit(again, entry(1, 0));
            }
            assertThat(streamRows()).extracting(StoredRow::events).containsExactly(2L);
        }

        @Test
        void goesWithThousandsOfOthers() {
            var rows = new ArrayList<ResultRow>();
            for (int number = 0; number < 5_000; number++) {
                rows.add(stats("tag " + number, number));
            }
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(), rows), entry(0, 0));
                var allButOne = rows.subList(1, rows.size()).toArray(new ResultRow[0]);
                ledger.commit(withGone(changes(2, List.of(), List.of()), allButOne), entry(1, 0));
            }
            assertThat(streamRows()).hasSize(1);
        }
    }

    @Nested
    class ATableOfRecords {
        private List<List<@Nullable String>> stored(String table) {
            return selected("select id, quantity from %s order by id".formatted(table));
        }

        @Test
        void S4_03_hasTheSameEventOnceAndItsLastValue() {
            try (var ledger = taken()) {
                var twice = withEvents(
                        changes(1, List.of(record(0)), List.of()),
                        passed(0, fields("e1", 1)),
                        passed(1, fields("e2", 1)),
                        passed(2, fields("e1", 2)));
                ledger.commit(twice, entry(0, 3));
                assertThat(stored("stream_events")).containsExactly(List.of("e1", "2"), List.of("e2", "1"));
                ledger.commit(withEvents(changes(2, List.of(), List.of()), passed(3, fields("e2", 7))), entry(1, 4));
            }
            assertThat(stored("stream_events")).containsExactly(List.of("e1", "2"), List.of("e2", "7"));
        }

        @Test
        void showsItsFieldsFirst() {
            try (var session = Session.open(address())) {
                assertThat(ForeignTable.named("stream_events").columns(session))
                        .containsExactly(
                                "id",
                                "quantity",
                                "price",
                                "ratio",
                                "timestamp",
                                "day",
                                "ok",
                                "tags",
                                "row_key",
                                "as_of",
                                "run_id");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void givesBackWhatWasWritten() throws MalformedRecordException {
            var written = List.<@Nullable Object>of(
                    "İ 👍🏽 a ",
                    7,
                    new BigDecimal("123456789012345678901234567890123456.78"),
                    0.1,
                    NOON.plusNanos(1_000),
                    LocalDate.of(2026, 3, 1),
                    true,
                    List.of("a", "b \"c\""));
            try (var ledger = taken()) {
                ledger.commit(withEvents(changes(1, List.of(), List.of()), passed(0, written)), entry(0, 1));
            }
            var schema = new Schema(Sample.FIELDS.stream()
                    .map(it -> new Schema.Field(it.name(), it.type(), false))
                    .toList());
            var log = TableLog.of(address(), new TableLog.Input("stream_events", List.of(), NOON), schema);
            var read = drained(log.read(log.slices(log.cut(), 4).get(0)));
            var values = new RecordParser(schema).parse(read.get(0).raw().bytes());
            assertThat(values)
                    .containsExactly(
                            written.get(0),
                            7,
                            written.get(2),
                            0.1,
                            Instants.micros(NOON) + 1,
                            written.get(5),
                            true,
                            written.get(7));
        }

        @Test
        void takesWhatWasSplitOffApart() {
            try (var ledger = taken()) {
                var branches =
                        Map.of(CANCELLED.name(), List.of(passed(0, fields("c", 1))), "other", List.<Prepared>of());
                var passed = List.of(passed(1, fields(null, 2)));
                ledger.commit(with(changes(1, List.of(), List.of()), List.of(), passed, branches), entry(0, 2));
            }
            assertThat(stored("cancelled")).containsExactly(List.of("c", "1"));
            assertThat(stored("stream_events")).containsExactly(Arrays.asList(null, "2"));
            assertThat(stored("batch_events")).isEmpty();
        }

        @Test
        void isLeftAsItWasWhenTheMicroBatchFails() {
            try (var ledger = taken()) {
                var broken =
                        withEvents(changes(1, List.of(record(0), record(0)), List.of()), passed(0, fields("e1", 1)));
                assertThatThrownBy(() -> ledger.commit(broken, entry(0, 1))).isInstanceOf(StoreException.class);
            }
            assertThat(stored("stream_events")).isEmpty();
        }

        @Test
        void isReplacedByTheBatchTogetherWithTheViews() {
            var results = new BatchResults(address(), LAYOUT, CLOCK);
            var first = List.of(fields("a", 1), fields("b", 1), fields("a", 2));
            results.replace("one", List.of(stats("x", 1)).iterator(), Map.of(EVENTS, first.iterator()));
            assertThat(stored("batch_events")).containsExactly(List.of("a", "2"), List.of("b", "1"));
            var broken = List.of(stats("y", 1), stats("y", 1)).iterator();
            assertThatThrownBy(() -> results.replace(
                            "two",
                            broken,
                            Map.of(EVENTS, List.of(fields("c", 1)).iterator())))
                    .isInstanceOf(StoreException.class);
            assertThat(stored("batch_events")).hasSize(2);
            results.replace(
                    "three",
                    List.of(stats("z", 1)).iterator(),
                    Map.of(EVENTS, List.of(fields("c", 3)).iterator()));
            assertThat(stored("batch_events")).containsExactly(List.of("c", "3"));
            assertThat(batchRows()).extracting(StoredRow::runId).containsExactly("three");
        }

        @Test
        void isNotEmptiedByABatchThatForgotIt() {
            assertThatThrownBy(() -> new BatchResults(address(), LAYOUT, CLOCK)
                            .replace("one", List.<ResultRow>of().iterator()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot replace the batch results of 'tweets': no records were given for [events]");
        }
    }

    @Nested
    class ABatchOfSomeWindows {
        private Span window(int hour) {
            var start = NOON.plus(Duration.ofHours(hour));
            return new Span(start, start.plus(Duration.ofMinutes(20)));
        }

        @Test
        void leavesTheOtherWindowsAsTheyAre() {
            var results = new BatchResults(address(), LAYOUT, CLOCK);
            replace(
                    "one",
                    List.of(stats(window(0), "a", 1), stats(window(1), "a", 1), stats(window(2), "a", 1))
                            .iterator());
            results.replaceWindows(
                    "two",
                    List.of(stats(window(1), "b", 9)).iterator(),
                    window(1).start(),
                    window(2).start());
            assertThat(batchRows())
                    .extracting(row -> row.window().start(), StoredRow::runId, StoredRow::events)
                    .containsExactlyInAnyOrder(
                            tuple(window(0).start(), "one", 1L),
                            tuple(window(1).start(), "two", 9L),
                            tuple(window(2).start(), "one", 1L));
        }
    }

    @Nested
    class ATableWhoseRowsChange {
        @Test
        void S3_06_isRightAfterAReplayAndAfterAnUpdateOfAWindow() {
            try (var ledger = taken()) {
                ledger.commit(changes(1, List.of(record(0)), List.of(stats("/home", 1))), entry(0, 1));
                var update = changes(2, List.of(record(1)), List.of(stats("/home", 2), stats("/cart", 1)));
                ledger.commit(update, entry(1, 2));
                ledger.commit(update, entry(1, 2));
            }
            try (var restarted = ledger("second")) {
                restarted.takeOver();
                restarted.commit(changes(2, List.of(record(1)), List.of(stats("/home", 99))), entry(1, 2));
            }
            assertThat(selected("select tag, events from stream_stats order by tag"))
                    .containsExactly(List.of("/cart", "1"), List.of("/home", "2"));
        }
    }

    @Nested
    class AMicroBatch {
        @Test
        void remembersWhatNoDimensionHad() {
            try (var ledger = taken()) {
                ledger.commit(withEvents(changes(1, List.of(record(0)), List.of())), entry(0, 1));
                ledger.commit(changes(2, List.of(record(1)), List.of()), entry(1, 2));
            }
            assertThat(reader().microBatches())
                    .extracting(LedgerReader.MicroBatch::unmatched)
                    .containsExactly(Map.of("products", 2L, "customers", 1L), Map.of());
        }
    }

    @Nested
    class AnotherDatabase {
        private Instant now = NOON;

        private OtherDatabase other(String run) {
            var ticking = new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    now = now.plusMillis(1);
                    return now;
                }
            };
            return new OtherDatabase(address(), ELSEWHERE, new Writer(run, "host/" + run), ticking);
        }

        private List<List<@Nullable String>> rows() {
            return selected("select tag, events from reported_stats order by tag");
        }

        @Test
        void isNotChangedByAReplay() {
            var first = withEvents(changes(1, List.of(record(0)), List.of(stats("a", 1))), passed(0, fields("e", 1)));
            try (var other = other("one")) {
                other.takeOver(0);
                var at = other.apply(first);
                assertThat(other.apply(first)).isBefore(at);
            }
            try (var restarted = other("two")) {
                restarted.takeOver(0);
                restarted.apply(first);
                restarted.apply(changes(2, List.of(record(1)), List.of(stats("a", 2))));
                restarted.apply(first);
            }
            assertThat(rows()).containsExactly(List.of("a", "2"));
            assertThat(selected("select id, run_id from reported_events")).containsExactly(List.of("e", "one"));
        }

        @Test
        void takesTheSameNumberWithOtherRecordsInItsPlace() {
            try (var other = other("one")) {
                other.takeOver(0);
                other.apply(changes(1, List.of(record(0)), List.of(stats("a", 1), stats("b", 1))));
                other.apply(changes(1, List.of(record(0), record(1)), List.of(stats("b", 2), stats("c", 1))));
            }
            assertThat(rows()).containsExactly(List.of("b", "2"), List.of("c", "1"));
        }

        @Test
        void deletesWhatIsGone() {
            try (var other = other("one")) {
                other.takeOver(0);
                other.apply(changes(1, List.of(record(0)), List.of(stats("a", 1), stats("b", 1))));
                other.apply(withGone(changes(2, List.of(), List.of()), stats("a", 1)));
                assertThat(other.openRows("stats")).hasSize(1);
            }
            assertThat(rows()).containsExactly(List.of("b", "1"));
        }

        @Test
        void isRefusedToAWriterThatWasReplacedButNotToTheLedger() {
            try (var ledger = taken();
                    var first = other("one");
                    var second = other("two")) {
                first.takeOver(0);
                second.takeOver(0);
                assertThatThrownBy(() -> first.apply(changes(1, List.of(), List.of())))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("another Tandem took over at ")
                        .hasMessageContaining("(host/two)");
                ledger.commit(changes(1, List.of(record(0)), List.of()), entry(0, 1));
            }
        }

        @Test
        void isRefusedWhenItDoesNotFollowFromTheLedger() {
            try (var other = other("one")) {
                other.takeOver(6);
                other.apply(changes(7, List.of(record(0)), List.of()));
                for (long ledger : new long[] {0, 5, 8}) {
                    assertThatThrownBy(() -> other.takeOver(ledger))
                            .isInstanceOf(StoreException.class)
                            .hasMessage(
                                    "Cannot take over 'tweets' in %s: it was given everything up to micro-batch 7, the ledger has %d; use the database that belongs to the ledger, or drop the pipeline's tables and its row of tandem_applied here to go on without what was before"
                                            .formatted(address().told(), ledger));
                }
                other.takeOver(7);
            }
        }
    }
}
