package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class GateTest {
    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> named(Document document, String child) {
        var cases = document.getElementsByTagName("testcase");
        var names = new ArrayList<String>();
        for (int at = 0; at < cases.getLength(); at++) {
            var one = (Element) cases.item(at);
            if (one.getElementsByTagName(child).getLength() > 0) {
                names.add(one.getAttribute("name"));
            }
        }
        return names;
    }

    @Test
    void aTestCaseStandsForTheVerdictEachViewAndEachTarget() throws Exception {
        var document = parsed(Gate.of(SampleReport.tweets()).junit());

        assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("0");
        assertThat(named(document, "system-out"))
                .containsExactly(
                        "verdict",
                        "view: window_stats",
                        "view: window_totals",
                        "view: top_hashtags",
                        "target: parity",
                        "target: latency p95",
                        "target: throughput");
    }

    @Test
    void whatNothingExplainsFails() throws Exception {
        var document = parsed(Gate.of(SampleReport.disagreeing()).junit());

        assertThat(named(document, "failure")).containsExactly("verdict", "view: window_stats");
        assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("2");
    }

    @Test
    void whatWasNotComparedIsSkipped() throws Exception {
        assertThat(named(parsed(Gate.of(SampleReport.pending()).junit()), "skipped"))
                .containsExactly("verdict");
    }

    /** The sample's windows of 20 minutes: the second has an unexplained difference, the last one is open. */
    @Test
    void decidesByTheWindowsThatClosedSince() {
        var report = SampleReport.disagreeing();
        var windows = report.windows().stream()
                .filter(it -> it.view().equals("window_stats"))
                .toList();
        var second = windows.get(1).end().orElseThrow();
        var last = windows.get(windows.size() - 2).end().orElseThrow();

        assertThat(Gate.since(report, second.minusSeconds(1)).outcome()).isEqualTo(Gate.Outcome.FAILED);
        assertThat(Gate.since(report, second).outcome()).isEqualTo(Gate.Outcome.PASSED);
        assertThat(Gate.since(report, last).outcome()).isEqualTo(Gate.Outcome.UNDECIDED);
        assertThat(Gate.since(report, second).checks().get(0).told()).endsWith("none with unexplained differences");
    }

    @Test
    void aHostileNameStaysText() throws Exception {
        var gate = Gate.of(HostileReport.everywhere());

        assertThat(parsed(gate.junit()).getElementsByTagName("script").getLength())
                .isZero();
        assertThat(gate.github().lines()).allMatch(it -> it.matches("::(notice|warning|error) title=[^,:]*::.*"));
        assertThat(gate.markdown()).doesNotContain("<script", "<img");
    }

    @Test
    void anErrorIsAnAnnotation() {
        assertThat(Gate.of(SampleReport.disagreeing()).github().lines().findFirst())
                .contains("::error title=Tandem tweets%2C verdict::3 of 1,206 rows differ and nothing explains it.");
    }

    @Test
    void markdownNamesTheCausesAndTheirMends() {
        assertThat(Gate.of(SampleReport.tweets()).markdown())
                .startsWith("### ✔ tweets: AGREE WITH CAUSES\n")
                .contains("| target: latency p95 | ✔ | asked at most 5 seconds, reached 1,943 ms |")
                .contains("| late | 17 | 23 | a 10 minute watermark delay would have kept all 17 |");
    }
}
