package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonLogTest {
    @TempDir
    private Path folder = Path.of("");

    private void add(String report) throws IOException {
        var file = folder.resolve("report.json");
        Files.writeString(file, report);
        new ComparisonLog(folder).add(file);
    }

    @Test
    void knowsNothingBeforeTheFirstComparison() {
        assertThat(new ComparisonLog(folder).last()).isEmpty();
        assertThat(new ComparisonLog(folder).until()).isEmpty();
    }

    /** The window that ends at two has not closed; half a second after one is later than one. */
    @Test
    void remembersTheEndOfTheLastWindowThatWasCompared() throws IOException {
        add("""
                {"verdict": "agree", "windows": [
                  {"end": "2026-01-31T01:00:00.500Z", "status": "agree"},
                  {"end": "2026-01-31T01:00:00Z", "status": "explained"},
                  {"end": null, "status": "agree"},
                  {"end": "2026-01-31T02:00:00Z", "status": "open"}]}""");
        assertThat(new ComparisonLog(folder).until()).contains(Instant.parse("2026-01-31T01:00:00.500Z"));
    }

    @Test
    void remembersWhetherTheLastOneFailed() throws IOException {
        add("{\"verdict\": \"agree\", \"targets\": [{\"met\": false, \"measured\": false}]}");
        assertThat(new ComparisonLog(folder).last()).contains(new Alerts.Outcome("agree", false));
        add("{\"verdict\": \"agree\", \"targets\": [{\"met\": false}]}");
        assertThat(new ComparisonLog(folder).last()).contains(new Alerts.Outcome("agree", true));
        add("{\"verdict\": \"disagree\"}");
        assertThat(new ComparisonLog(folder).last()).contains(new Alerts.Outcome("disagree", true));
    }
}
