package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.testkit.oracle.LogRecord;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import dev.tandem.testkit.oracle.TweetView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What must hold of a drained stream, whatever was done to it on the way: nothing lost, nothing doubled. */
final class NothingLost {
    private NothingLost() {}

    static void in(Stage stage) {
        try (var oracle = stage.oracle()) {
            for (var view : TweetView.values()) {
                assertThat(oracle.differences(view, Side.STREAM, stage.stored(Mode.STREAM, view)))
                        .as(view.name())
                        .isEmpty();
            }
        }
        assertThat(gaps(stage))
                .as("micro-batches or positions that are missing or doubled")
                .isEmpty();
        assertThat(stage.pipeline()
                        .source()
                        .landing()
                        .<List<String>>fold(table -> landed(stage), segments -> read(stage)))
                .containsExactlyInAnyOrderElementsOf(
                        stage.log().stream().map(Digests::told).toList());
        assertEveryRevisionWasTold(stage);
    }

    /** Neighbours in the ledger that do not follow each other. */
    private static List<String> gaps(Stage stage) {
        return stage.rows("""
                        select 'number', number from (select number, coalesce(lag(number) over (order by number), 0) as before_it
                            from (select distinct number from tandem_ledger where pipeline = '%1$s') numbers) steps
                        where number <> before_it + 1
                        union all select 'position', from_position from (select from_position,
                            coalesce(lag(until_position) over (partition by `partition` order by number), 0) as before_it
                            from tandem_ledger where pipeline = '%1$s' and until_position > from_position) parts
                        where from_position <> before_it""".formatted(stage.name())).told();
    }

    private static List<String> landed(Stage stage) {
        var record = "select concat(`partition`, '-', position, ' ', sha2(raw, 256)) from ";
        var ours = " where pipeline = '%s'".formatted(stage.name());
        return stage.rows(record + stage.named("tweet_raw") + " union all " + record + "tandem_quarantine" + ours
                        + " union all " + record + "tandem_duplicate" + ours)
                .told();
    }

    /** The records of the landed log's segments. */
    private static List<String> read(Stage stage) {
        var cut = stage.ledgerReader().lastCut().orElseThrow();
        var log = stage.job().store().log();
        var told = new ArrayList<String>();
        for (var slice : log.slices(cut, 3)) {
            try (var records = log.read(slice)) {
                records.forEachRemaining(it -> told.add(Digests.told(new LogRecord(
                        it.at().partition(),
                        it.at().position(),
                        it.arrivedMillis(),
                        it.raw().bytes()))));
            }
        }
        return told;
    }

    /** A replay may tell a revision again; none may be left out, and the table's is the last. */
    private static void assertEveryRevisionWasTold(Stage stage) {
        var told = new TreeSet<String>();
        for (var message : stage.topic("results_feed")) {
            told.add(ResultMessage.of(message).revisionTold());
        }
        assertThat(told)
                .hasSize((int) stage.stored(Mode.STREAM, TweetView.WINDOW_STATS).sum("revision"));
    }
}
