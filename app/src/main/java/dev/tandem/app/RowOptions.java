package dev.tandem.app;

import dev.tandem.app.run.RowQuestion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which row a verb is asked about, where view and key leave several. */
final class RowOptions {
    @Option(
            names = "--window",
            paramLabel = "TIME",
            description =
                    "a time in the row's window, as in 2026-01-31T12:05Z, or 12:05 (UTC) where one date has such a row")
    private @Nullable String window;

    @Option(
            names = "--row",
            paramLabel = "N",
            description = "which of the rows that 'explain' lists (default: the first)")
    private @Nullable Integer row;

    /** The question about a row of {@code view} with {@code keys} as in {@code tag=java}, with up to {@code records} records for each cause. */
    RowQuestion question(Optional<String> view, List<String> keys, int records) {
        if (row != null && row < 1) {
            throw CommandException.usage("Cannot explain row %d: rows are counted from 1".formatted(row));
        }
        var asked = Optional.ofNullable(window);
        var time = asked.flatMap(GivenTime::ofDay);
        return new RowQuestion(
                        view,
                        GivenKey.of(keys),
                        time.isPresent() ? Optional.empty() : asked.map(it -> GivenTime.of("--window", it)),
                        Optional.ofNullable(row),
                        records)
                .at(time);
    }
}
