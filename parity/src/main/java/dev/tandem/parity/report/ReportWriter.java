package dev.tandem.parity.report;

import dev.tandem.model.Reason;
import dev.tandem.parity.Report;
import dev.tandem.parity.explain.Bridges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Writes a comparison for everyone who asks: {@code report.html} for people, {@code report.json}, {@code differences.csv} and
 * {@code differing-rows.jsonl} for programs, {@code charts/*.svg} and {@code charts/*.png} for slides. Nothing is read but the report, so the same report gives the
 * same files. A Java without fonts cannot draw letters on pixels; there the PNG files are left out and the page does not name
 * them.
 */
public final class ReportWriter {
    /** How many rows the page shows, and how many differences and rows the JSON; all of them are in the other files. */
    public static final int WORST = 100;

    /** A line of JSON for each row that differs. */
    public static final String ROWS = "differing-rows.jsonl";

    private ReportWriter() {}

    /** Writes the report without what explains its rows. */
    public static Path write(Report report, Path directory) {
        return write(report, () -> Bridges.NONE, directory);
    }

    /**
     * Replaces the files of an earlier report in {@code directory}, which is made if absent; returns the path of the page. The charts
     * are drawn by other threads while {@code bridges} answers.
     */
    public static Path write(Report report, Supplier<Bridges> bridges, Path directory) {
        var drawing = CompletableFuture.supplyAsync(() -> Pictures.of(Charts.of(report, Picture.formats())));
        var explained = bridges.get();
        var pictures = drawing.join();
        try {
            Files.createDirectories(directory.resolve("charts"));
            text(directory.resolve("report.json"), ReportJson.of(report));
            differences(report, directory.resolve("differences.csv"));
            rows(report, directory.resolve(ROWS));
            for (var picture : pictures.files()) {
                Files.write(directory.resolve("charts").resolve(picture.name()), picture.content());
            }
            return text(directory.resolve("report.html"), ReportPage.of(report, explained, pictures.charts()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write the report to '%s': %s; give a directory that can be written to"
                            .formatted(directory, Reason.of(e)),
                    e);
        }
    }

    private static void rows(Report report, Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            RowLines.write(report.differences(), out);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // It is written once and never compared.
    private record Drawn(String name, byte[] content) {}

    /** The charts, and the files with a picture of each. */
    private record Pictures(Charts charts, List<Drawn> files) {
        static Pictures of(Charts charts) {
            var files = charts.all().parallelStream()
                    .flatMap(chart -> charts.formats().stream().map(format -> drawn(chart, format)))
                    .toList();
            return new Pictures(charts, files);
        }
    }

    private static Drawn drawn(Chart chart, String format) {
        var content = format.equals(Picture.PNG)
                ? Picture.png(chart)
                : Picture.svg(chart).getBytes(StandardCharsets.UTF_8);
        return new Drawn(chart.name() + "." + format, content);
    }

    private static void differences(Report report, Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            DifferencesCsv.write(report.differences(), out);
        }
    }

    private static Path text(Path file, String content) throws IOException {
        return Files.writeString(file, content, StandardCharsets.UTF_8);
    }
}
