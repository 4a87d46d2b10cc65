package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.testkit.oracle.LogRecord;
import dev.tandem.testkit.oracle.Rows;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import dev.tandem.testkit.oracle.WikiOracle;
import dev.tandem.testkit.oracle.WikiView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A day of edits of Wikipedia, brought as files of some hours each, against numbers that nobody here computed. */
class WikipediaTest {
    private static final int FILE = 8_000;

    @TempDir
    private static Path folder = Path.of("");

    private static Trial trial;
    private static WikiOracle oracle;
    private static Path published;
    private static Report report;

    @BeforeAll
    static void runItAll() throws IOException, InterruptedException {
        published = RealData.file("activity/expected");
        var edits = edits(RealData.file("activity/wikiticker-2015-09-12-sampled.json.gz"));
        oracle = WikiOracle.over(LogRecord.ofLines(edits, 0));
        trial = Trial.alone("wikipedia", folder.resolve("home"), text -> text);
        trial.replay(files(edits), Optional.empty(), 1);
        report = trial.run(FILE);
    }

    @AfterAll
    static void close() {
        if (trial != null) {
            trial.close();
            oracle.close();
        }
    }

    private static List<String> edits(Path file) throws IOException {
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    private static Path files(List<String> edits) throws IOException {
        var files = Files.createDirectories(folder.resolve("files"));
        for (int from = 0; from < edits.size(); from += FILE) {
            Files.write(
                    files.resolve("edits_%06d.jsonl".formatted(from)),
                    edits.subList(from, Math.min(from + FILE, edits.size())));
        }
        return files;
    }

    /** The rows of a table under the names of the published ones. */
    private static Rows stored(WikiView view, Mode mode) {
        return switch (view) {
            case TUMBLING_1MIN ->
                trial.rows("select window_start, n_views, users, pages from " + trial.table("edits_per_minute", mode));
            case ACTIVE_USERS_5MIN_1MIN ->
                trial.rows("select window_start, window_end, edits as events, active_users from "
                        + trial.table("active_users", mode));
            case SESSIONS_30MIN ->
                trial.rows("select user_id, first_edit as session_start, last_edit as last_event,"
                        + " window_end as session_end, edits as events, duration_ms / 1000.0 as duration_s from "
                        + trial.table("user_sessions", mode));
            case TOP10_PAGES_HOUR ->
                trial.rows("select window_start, page, n, \"rank\" from " + trial.table("top_pages", mode));
        };
    }

    private static void isAsPublished(WikiView view, Mode mode) {
        assertThat(oracle.differences(view, Side.BATCH, oracle.published(view, published)))
                .as("between the published rows and the oracle's")
                .isEmpty();
        assertThat(oracle.differences(view, Side.BATCH, stored(view, mode)))
                .as("between the stored rows and the published ones")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void S3_02_countsEditsOfAMinuteAsPublished(Mode mode) {
        isAsPublished(WikiView.TUMBLING_1MIN, mode);
    }

    @ParameterizedTest
    @EnumSource
    void S3_03_countsActiveUsersOfFiveMinutesEveryMinuteAsPublished(Mode mode) {
        isAsPublished(WikiView.ACTIVE_USERS_5MIN_1MIN, mode);
    }

    @ParameterizedTest
    @EnumSource
    void S3_04_tellsSixteenThousandSessionsAsPublished(Mode mode) {
        isAsPublished(WikiView.SESSIONS_30MIN, mode);
        assertThat(stored(WikiView.SESSIONS_30MIN, mode).cells()).hasSize(16_097);
    }

    @ParameterizedTest
    @EnumSource
    void ranksThePagesOfAnHourAsPublished(Mode mode) {
        isAsPublished(WikiView.TOP10_PAGES_HOUR, mode);
    }

    @Test
    void agreesInEveryRow() {
        assertThat(report.verdict()).isEqualTo(Verdict.AGREE);
        assertThat(report.unexplained()).isZero();
        assertThat(report.refusals().quarantine()).isEmpty();
        assertThat(report.runs().conservation().values())
                .hasSize(2)
                .allSatisfy(fates -> assertThat(fates).returns(39_244L, Report.Conservation::read));
    }
}
