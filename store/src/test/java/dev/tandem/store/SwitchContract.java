package dev.tandem.store;

import static dev.tandem.store.Sample.ELSEWHERE;
import static dev.tandem.store.Sample.EVER;
import static dev.tandem.store.Sample.FIELDS;
import static dev.tandem.store.Sample.LAYOUT;
import static dev.tandem.store.Sample.PIPELINE;
import static dev.tandem.store.Sample.STATS;
import static dev.tandem.store.Sample.changes;
import static dev.tandem.store.Sample.entry;
import static dev.tandem.store.Sample.record;
import static dev.tandem.store.Sample.stats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.model.Pipeline;
import dev.tandem.store.JdbcStreamLedger.Writer;
import dev.tandem.store.ResultSwitch.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rebuild may rely on in every database: readers see the earlier results or the new ones, however often it is cut short. */
abstract class SwitchContract extends InputContract {
    private static final Pipeline NEXT = PIPELINE.renamed(Generation.NEXT.pipeline("tweets"), Generation.NEXT::table);
    private static final Layout BESIDE = Layout.of(NEXT, List.of(STATS, EVER), FIELDS);
    private static final Layout BESIDE_ELSEWHERE = Layout.in("reporting", NEXT, List.of(STATS, EVER), FIELDS);
    private static final Writer WRITER = new Writer("rebuild-1", "test");

    private ResultSwitch results() {
        return new ResultSwitch(address(), List.of(address()), "tweets", CLOCK);
    }

    private void earlier() {
        try (var ledger = taken()) {
            ledger.commit(changes(1, List.of(record(0)), List.of(stats("old", 1))), entry(0, 1));
            ledger.commit(changes(2, List.of(record(1)), List.of(stats("older", 1))), entry(1, 2));
        }
    }

    /** One micro-batch of the new results: a killed rebuild has no more. */
    private ResultSwitch begun() {
        var results = results();
        results.begin(WRITER);
        Ddl.create(address(), BESIDE);
        Ddl.create(address(), BESIDE_ELSEWHERE);
        try (var ledger = new JdbcStreamLedger(address(), BESIDE, WRITER, CLOCK)) {
            ledger.takeOver();
            ledger.commit(changes(1, List.of(record(0), record(1)), List.of(stats("new", 2))), entry(0, 2));
        }
        return results;
    }

    private List<Object> tags(String table) {
        var rows = drained(new ResultReader(address(), STATS, table).rows());
        return rows.stream()
                .map(row -> (Object) String.valueOf(row.key().get(0)))
                .toList();
    }

    private void requireSwitched() {
        assertThat(tags("stream_stats")).containsExactly("new");
        assertThat(tags("tandem_before_stream_stats")).containsExactly("old", "older");
        assertThat(new LedgerReader(address(), "tweets").microBatches()).hasSize(1);
        assertThat(new LedgerReader(address(), Generation.BEFORE.pipeline("tweets")).microBatches())
                .hasSize(2);
        assertThat(results().progress().map(ResultSwitch.Progress::state)).contains(State.KEPT);
        Ddl.create(address(), LAYOUT);
        Ddl.create(address(), ELSEWHERE);
        assertThat(drained(new JdbcLandedLog(address(), LAYOUT).read(new Slice(0, 9))))
                .hasSize(2);
        try (var ledger = ledger("second")) {
            ledger.takeOver();
            ledger.commit(changes(2, List.of(record(2)), List.of(stats("newer", 2))), entry(1, 3));
        }
        assertThat(tags("stream_stats")).containsExactly("new", "newer");
    }

    @Nested
    class ARebuild {
        @AfterEach
        void dropBoth() {
            Session.inTransaction(address(), "drop", session -> {
                for (var generation : Generation.values()) {
                    for (var layout : List.of(LAYOUT, ELSEWHERE)) {
                        for (var table : layout.tables()) {
                            session.execute("drop table if exists "
                                    + session.dialect()
                                            .quoted("tandem_%s_%s"
                                                    .formatted(
                                                            generation.name().toLowerCase(Locale.ROOT), table.name())));
                        }
                    }
                }
                return session;
            });
            spoil();
        }

        @Test
        void changesNothingInUseUntilItIsDecided() {
            earlier();
            begun().complete();
            assertThat(tags("stream_stats")).containsExactly("old", "older");
            assertThat(new LedgerReader(address(), "tweets").microBatches()).hasSize(2);
        }

        @Test
        void takesThePlaceOfTheEarlierResultsInOneStep() {
            earlier();
            var results = begun();
            results.decide("rebuild-1");
            results.complete();
            requireSwitched();
        }

        @Test
        void beginsAnewWhereItWasKilled() {
            earlier();
            begun();
            var results = begun();
            results.decide("rebuild-1");
            results.complete();
            requireSwitched();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 5, 8, 11})
        void isCompletedWhereTheServerDiedWhileItRenamed(int renamed) throws Exception {
            earlier();
            begun().decide("rebuild-1");
            var own = new ArrayList<String>();
            for (var layout : List.of(LAYOUT, ELSEWHERE)) {
                layout.owners().forEach(owner -> own.add(owner.table()));
            }
            Session.with(address(), "rename", session -> {
                int left = renamed;
                for (var table : own) {
                    for (var names : List.of(
                            Map.of(table, Generation.BEFORE.table(table)),
                            Map.of(Generation.NEXT.table(table), table))) {
                        if (left-- > 0) {
                            for (var statement : session.dialect().rename(session, names)) {
                                session.execute(statement);
                            }
                        }
                    }
                }
                return session;
            });
            results().complete();
            results().complete();
            requireSwitched();
        }

        @Test
        void isRefusedAsLongAsTheEarlierResultsAreKept() {
            earlier();
            var results = begun();
            results.decide("rebuild-1");
            results.complete();
            assertThatThrownBy(() -> results().begin(WRITER))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("./tandem plan tweets --forget");

            assertThat(results().forget()).isTrue();

            assertThat(results().forget()).isFalse();
            assertThat(tags("stream_stats")).containsExactly("new");
            Session.with(address(), "look", session -> {
                assertThat(new TableNames(session).has("tandem_before_stream_stats"))
                        .isFalse();
                return session;
            });
            assertThat(new LedgerReader(address(), Generation.BEFORE.pipeline("tweets")).microBatches())
                    .isEmpty();
            begun();
        }

        @Test
        void isNotDecidedWhereAStreamHasTakenOver() {
            earlier();
            var results = begun();
            taken().close();
            assertThatThrownBy(() -> results.decide("rebuild-1"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another Tandem took over");
            results.complete();
            assertThat(tags("stream_stats")).containsExactly("old", "older");
        }
    }

    @Test
    void aDefinitionIsKeptByItsHash() {
        var definitions = new Definitions(address(), CLOCK);
        assertThat(definitions.meaning("tweets", PIPELINE.hash())).isEmpty();
        definitions.note(PIPELINE);
        definitions.note(PIPELINE);
        assertThat(definitions.meaning("tweets", PIPELINE.hash())).contains(PIPELINE.meaning());
    }
}
