package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
    @TempDir
    Path directory;

    @Test
    void returnsThePathOfThePage() {
        assertThat(ReportWriter.write(SampleReport.tweets(), directory.resolve("a/b")))
                .isEqualTo(directory.resolve("a/b/report.html"))
                .isNotEmptyFile();
    }

    @Test
    void writesTheFilesForPrograms() {
        ReportWriter.write(SampleReport.tweets(), directory);

        assertThat(directory.resolve("report.json")).hasContent(ReportJson.of(SampleReport.tweets()));
        assertThat(directory.resolve("differences.csv")).isNotEmptyFile();
    }

    @Test
    void givesTheSameFilesAgain() throws IOException {
        var once = Files.readString(ReportWriter.write(SampleReport.tweets(), directory));

        assertThat(ReportWriter.write(SampleReport.tweets(), directory)).hasContent(once);
    }

    /** Of a view with a single window there is no line. */
    @Test
    void drawsEachChartAsSvgThatAnyProgramReads() throws Exception {
        ReportWriter.write(HostileReport.everywhere(), directory);

        var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        for (var file : charts(".svg")) {
            var svg = parser.parse(file.toFile());
            assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
            assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        }
        assertThat(charts(".svg"))
                .hasSize(6)
                .noneMatch(it -> it.getFileName().toString().endsWith("-windows.svg"));
    }

    @Test
    void drawsEachChartAsAPictureToo() throws IOException {
        ReportWriter.write(SampleReport.tweets(), directory);

        assertThat(charts(".png"))
                .hasSize(10)
                .allSatisfy(file ->
                        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1896));
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        var file = Files.writeString(directory.resolve("taken"), "");

        assertThatThrownBy(() -> ReportWriter.write(SampleReport.tweets(), file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot write the report to '%s': ".formatted(file))
                .hasMessageEndingWith("; give a directory that can be written to");
    }

    private List<Path> charts(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("charts"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
