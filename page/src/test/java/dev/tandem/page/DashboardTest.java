package dev.tandem.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts that ship ask for metrics that there are, and the dashboard shows all of them. */
class DashboardTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Pattern NAME = Pattern.compile("\\btandem_[a-z_]+");
    private static final Pattern EXPRESSION = Pattern.compile("\"?expr\"?: (.*)");

    private static Set<String> offered() {
        return Pattern.compile("(?m)^# TYPE (\\S+)")
                .matcher(Metrics.of(new SamplePageData()))
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> asked(String file) throws IOException {
        return EXPRESSION
                .matcher(Files.readString(DEPLOY.resolve(file)))
                .results()
                .flatMap(it -> NAME.matcher(it.group(1)).results())
                .map(it -> it.group())
                .collect(Collectors.toSet());
    }

    @Test
    void theDashboardShowsEveryMetric() throws IOException {
        assertThat(asked("grafana/tandem.json")).isEqualTo(offered());
    }

    @Test
    void theAlertsAskForMetricsThatThereAre() throws IOException {
        assertThat(asked("tandem-rules.yaml")).isNotEmpty().isSubsetOf(offered());
    }
}
