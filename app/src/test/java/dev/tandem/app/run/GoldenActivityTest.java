package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few events of visitors with every fault, and results worked out by hand. */
@ExtendWith(Bench.Giver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenActivityTest {
    private static final Expected GOLDEN = new Expected("user_activity");

    private Trial golden;

    /** A definition whose tables, topics and folders end in {@code suffix}. */
    private static String under(String suffix, String text) {
        return text.replaceAll("(?m)^pipeline: (\\w+)", "pipeline: $1" + suffix)
                .replaceAll("(table|kafka): (\\w+)", "$1: $2" + suffix)
                .replace("data/lake", "data/lake" + suffix);
    }

    @BeforeAll
    void run(Bench bench) throws InterruptedException {
        golden = Trial.of("user_activity", bench.withPostgres(), Optional.empty(), text -> under("_golden", text));
        golden.replay(GOLDEN.file("events.jsonl"), Optional.empty(), 1);
        golden.run(1_000);
    }

    @AfterAll
    void close() {
        golden.close();
    }

    private List<String> stored(String view, Mode mode, String columns) {
        return golden.rows("select %s from %s".formatted(columns, golden.table(view, mode)))
                .told();
    }

    private static String time(String column) {
        return "to_char(%s, 'YYYY-MM-DD HH24:MI:SS')".formatted(column);
    }

    @ParameterizedTest
    @EnumSource
    void S3_02_giveThePageViewsWorkedOutByHand(Mode mode) {
        assertThat(stored("page_view_counts", mode, time("window_start") + ", page_url, view_count"))
                .containsExactlyInAnyOrderElementsOf(GOLDEN.rows("page_view_counts"));
    }

    @ParameterizedTest
    @EnumSource
    void S3_03_giveTheActiveUsersWorkedOutByHand(Mode mode) {
        assertThat(stored("active_users", mode, time("window_start") + ", active_user_count"))
                .containsExactlyInAnyOrderElementsOf(GOLDEN.rows("active_users"));
    }

    @ParameterizedTest
    @EnumSource
    void S3_04_giveTheSessionsWorkedOutByHand(Mode mode) {
        assertThat(stored(
                        "user_sessions",
                        mode,
                        "user_id, %s, %s, session_duration_seconds"
                                .formatted(time("session_start_time"), time("session_end_time"))))
                .containsExactlyInAnyOrderElementsOf(GOLDEN.rows("user_sessions"));
    }

    @Test
    void areKeptWithTheReasonWhereTheyAreRefused() {
        assertThat(golden.rows("select reason, count(*) from tandem_quarantine"
                                + " where pipeline = 'user_activity_golden' group by reason")
                        .told())
                .containsExactlyInAnyOrderElementsOf(GOLDEN.rows("quarantine"));
    }
}
