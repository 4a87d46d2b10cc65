package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.feed.Pace;
import dev.tandem.parity.report.ReportText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The round of {@code ./tandem demo}, twice over the same generated tweets: once as fast as the topic takes them, once fed while the stream
 * runs and something else uses a processor. Whatever a report tells besides times and costs must be the same, and the same as in the
 * README's sample, which comes from a run of its own.
 */
@ExtendWith(Bench.Giver.class)
class DemoTest {
    private static final Path README = Path.of("../README.md");
    private static final Pattern SAMPLE = Pattern.compile("```\\n([✔✖].*?)\\n\\nreport  ", Pattern.DOTALL);
    /** As in {@code 213 ms}, {@code 1.17 s}, {@code 6,481 events/s}. */
    private static final Pattern FIGURE =
            Pattern.compile("\\d[\\d,.]*( (ms|s|min|h|events/s|seconds?)\\b( \\d+ (ms|s|min)\\b)?)?");

    private static final List<String> LINES_WITH_TIMES = List.of("latency", "converges", "throughput", "cost");
    private static final List<String> MEMBERS_WITH_TIMES =
            List.of("generated_at", "latency", "throughput", "targets", "cost", "break_even", "convergence");
    private static final List<String> MEMBERS_WITH_NAMES = List.of("pipeline", "definition");

    private static Demo.Result fast;
    private static Demo.Result disturbed;

    @BeforeAll
    static void runTwice(Bench bench, @TempDir Path out) throws InterruptedException {
        fast = round(bench.stage("_demo_fast"), new Pace.Unpaced(), out.resolve("fast"));
        var over = new AtomicBoolean();
        var other = new Thread(() -> {
            while (!over.get()) {
                Thread.onSpinWait();
            }
        });
        other.start();
        try {
            disturbed = round(bench.stage("_demo_disturbed"), new Pace.Evenly(30_000), out.resolve("disturbed"));
        } finally {
            over.set(true);
            other.join();
        }
    }

    /** What the demo does with a request without options, but for the pace of its feed. */
    private static Demo.Result round(Stage stage, Pace pace, Path out) throws InterruptedException {
        var request = new Demo.Request(
                stage.pipeline(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                out,
                List.of("./tandem demo"));
        var feeding = stage.feeding();
        var plan = Demo.plan(request, feeding);
        var round = new Round(stage.job(), new Bench.Silent());
        var feed = Demo.feedRequest(request, plan.events(), pace);
        round.planned(standing -> feeding.send(feed, stage.truth(), standing), plan.sizes());
        var result = round.proven(request.command(), request.out());
        stage.close();
        return result;
    }

    @Test
    void givesTheSameReportAtAnyPace() throws IOException {
        var report = withoutTimes(fast);
        assertThat(report.at("/causes/late/records").asLong()).isPositive();
        assertThat(withoutTimes(disturbed)).isEqualTo(report);
    }

    private static JsonNode withoutTimes(Demo.Result result) throws IOException {
        var json = (ObjectNode) new ObjectMapper()
                .readTree(result.file().resolveSibling("report.json").toFile());
        assertThat(json.properties()).extracting(member -> member.getKey()).containsAll(MEMBERS_WITH_TIMES);
        return json.remove(MEMBERS_WITH_TIMES).remove(MEMBERS_WITH_NAMES);
    }

    @Test
    void givesTheReportOfTheReadme() throws IOException {
        var sample = SAMPLE.matcher(Files.readString(README));
        assertThat(sample.find()).isTrue();
        var told = ReportText.of(fast.report()).replaceFirst("tweets_demo_fast", "tweets");
        assertThat(masked(told)).isEqualTo(masked(sample.group(1)));
    }

    /** Without figures where they are times or costs, and without whether a target for them is met. */
    private static String masked(String text) {
        return text.strip().lines().map(DemoTest::maskedLine).collect(Collectors.joining("\n"));
    }

    private static String maskedLine(String line) {
        if (LINES_WITH_TIMES.stream().anyMatch(line.strip()::startsWith)) {
            return FIGURE.matcher(line).replaceAll("#");
        }
        boolean ofTime = line.contains(" latency p95: asked") || line.contains(" throughput: asked");
        return ofTime ? FIGURE.matcher(line.replaceFirst("✔ met|✖ missed", "#")).replaceAll("#") : line;
    }
}
