package dev.tandem.proof.report;

import dev.tandem.proof.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a comparison for everyone who asks: {@code report.html} for people, {@code report.json} and {@code differences.csv} for
 * programs, {@code charts/*.svg} and {@code charts/*.png} for slides. Nothing is read but the report, so the same report gives the
 * same files. A Java without fonts cannot draw letters on pixels; there the PNG files are left out and the page does not name
 * them.
 */
public final class ReportWriter {
    /** How many differences the page and the JSON show; all of them are in the CSV. */
    static final int WORST = 100;

    private ReportWriter() {}

    /** Replaces the files of an earlier report in {@code directory}, which is made if absent; returns the path of the page. */
    public static Path write(Report report, Path directory) {
        var charts = Charts.of(report, Picture.formats());
        try {
            Files.createDirectories(directory.resolve("charts"));
            text(directory.resolve("report.json"), ReportJson.of(report));
            differences(report, directory.resolve("differences.csv"));
            pictures(charts, directory.resolve("charts"));
            return text(directory.resolve("report.html"), ReportPage.of(report, charts));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write the report to '%s': %s; give a directory that can be written to"
                            .formatted(directory, e.getMessage()),
                    e);
        }
    }

    private static void pictures(Charts charts, Path directory) throws IOException {
        for (var chart : charts.all()) {
            text(directory.resolve(chart.name() + "." + Picture.SVG), Picture.svg(chart));
            if (charts.formats().contains(Picture.PNG)) {
                Files.write(directory.resolve(chart.name() + "." + Picture.PNG), Picture.png(chart));
            }
        }
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
