package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.app.TandemCommand;
import dev.tandem.model.Mode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Orders that were streamed once and are played again; without copies, since which of two comes first is a matter of order. */
class ReplayTest {
    /** What stands in the tables, without what tells of the run. */
    private static final Map<String, String> COLUMNS = Map.of(
            "windowed_revenue", "window_start, product_id, orders_count, total_revenue, status, revision",
            "daily_revenue", "order_date, total_orders, total_revenue",
            "hourly_revenue", "hour_of_day, total_orders, total_revenue",
            "product_revenue", "product_id, total_orders, total_revenue",
            "top_products", "\"rank\", product_id, total_orders, total_revenue");

    @TempDir
    private static Path home;

    private static Trial original;
    private static Map<String, List<String>> stored;

    @BeforeAll
    static void streamOnce() throws InterruptedException {
        original = Trial.alone("orders", home, ReplayTest::withoutCopies);
        original.generate(OptionalLong.of(600), Duration.ofSeconds(1));
        original.run(1_000);
        original.close();
        stored = tables(original);
    }

    private static String withoutCopies(String definition) {
        return definition.replace("duplicate: 2%, ", "").replace("batch: 100", "batch: 20");
    }

    /** By mode and view. */
    private static Map<String, List<String>> tables(Trial trial) {
        var tables = new TreeMap<String, List<String>>();
        COLUMNS.forEach((view, columns) -> {
            for (var mode : Mode.values()) {
                var rows =
                        trial.rows("select %1$s from %2$s order by %1$s".formatted(columns, trial.table(view, mode)));
                tables.put("%s %s".formatted(mode.word(), view), rows.told());
            }
        });
        return tables;
    }

    /** What the replay has stored, in its own place. */
    private static Map<String, List<String>> replayed() {
        try (var trial = Trial.of(
                "orders", original.workspace().inside("replay"), Optional.empty(), ReplayTest::withoutCopies)) {
            return tables(trial);
        }
    }

    private static String play(String... options) {
        var words = new String[options.length + 2];
        words[0] = "replay";
        words[1] = "orders";
        System.arraycopy(options, 0, words, 2, options.length);
        var done = TandemCommand.run(home, words);
        assertThat(done.code()).as(done.err()).isZero();
        return done.out();
    }

    @Test
    void S1_26_inTheOrderInWhichTheyCameGiveTheSameTables() {
        assertThat(play()).contains("✔ AGREE  orders", "stream      600 read", "batch       600 read");
        assertThat(replayed()).isEqualTo(stored);
    }

    @Test
    void S1_26_asFastAsIsAskedForAreAllThere() {
        assertThat(play("--speed", "2000000x", "--disorder", "1h"))
                .contains("AGREE", "0 unexplained", "batch       600 read");
    }

    @Test
    void areNotPlayedWhereBothRunsWouldWrite() {
        var pipeline = Trial.definition(
                "orders",
                Trial.home(home.resolve("elsewhere")),
                Optional.empty(),
                text -> text.replace("\"data/warehouse/${mode}/orders\"", "\"/srv/${mode}/orders\""));
        var wish = new Replay.Request(
                pipeline, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        var replay = new Replay(Hosting.local(original.workspace()), Clock.systemUTC(), new Bench.Silent());

        assertThatThrownBy(() -> replay.run(wish))
                .hasMessage("Cannot replay 'orders' beside what it has stored: both would use /srv/${mode}/orders;"
                        + " write a path in the definition that begins in the state folder");
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class InAnotherOrder {
        private String told;
        private Map<String, List<String>> first;
        private Map<String, List<String>> second;

        @BeforeAll
        void playTwice() {
            told = play("--disorder", "3d", "--seed", "7");
            first = replayed();
            play("--disorder", "3d", "--seed", "7");
            second = replayed();
        }

        @Test
        void S1_26_explainEveryDifferenceByTheLateOnes() {
            assertThat(told).contains("AGREE WITH CAUSES", "0 unexplained", "because     late: ");
        }

        @Test
        void S1_26_giveTheSameBatch() {
            stored.forEach((table, rows) -> {
                if (table.startsWith("batch")) {
                    assertThat(first.get(table)).as(table).isEqualTo(rows);
                }
            });
        }

        @Test
        void S1_26_giveTheSameResultForTheSameSeed() {
            assertThat(second).isEqualTo(first).isNotEqualTo(stored);
        }

        @Test
        void S1_26_leaveTheOriginalAsItWas() {
            assertThat(tables(original)).isEqualTo(stored);
            assertThat(original.rows("select count(*) from tandem_run").told()).containsExactly("2");
        }
    }
}
