package dev.tandem.app.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.app.run.ComparisonLog;
import dev.tandem.page.data.Comparison;
import dev.tandem.page.data.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The last comparisons of a pipeline, read from the log beside its last report. */
record PastComparisons(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 200;

    List<Comparison> read() {
        var file = folder.resolve(ComparisonLog.FILE);
        try {
            var lines = Files.readAllLines(file);
            var comparisons = new ArrayList<Comparison>();
            for (var line : lines.subList(Math.max(0, lines.size() - SHOWN), lines.size())) {
                comparisons.add(comparison(line));
            }
            return comparisons;
        } catch (NoSuchFileException noneYet) {
            return List.of();
        } catch (IOException e) {
            throw new Unavailable("Cannot read %s: %s; compare again".formatted(file, e.getMessage()), e);
        }
    }

    private static Comparison comparison(String line) throws IOException {
        var it = JSON.readTree(line);
        var causes = new LinkedHashMap<String, Long>();
        it.path("causes")
                .properties()
                .forEach(cause -> causes.put(cause.getKey(), cause.getValue().asLong()));
        return new Comparison(
                Instant.parse(it.path("at").asText()),
                it.path("verdict").asText(),
                it.path("compared_rows").asLong(),
                it.path("agreeing_rows").asLong(),
                it.path("percent").asDouble(),
                it.path("unexplained").asLong(),
                causes);
    }
}
