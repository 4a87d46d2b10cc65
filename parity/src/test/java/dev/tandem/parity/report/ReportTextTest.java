package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.parity.Report;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTextTest {
    @Test
    void tellsTheVerdictAndItsReasons() {
        Golden.assertSame("report.txt", ReportText.of(SampleReport.tweets()));
    }

    @Test
    void tellsThatNothingIsFinalYet() {
        Golden.assertSame("pending.txt", ReportText.of(SampleReport.pending()));
    }

    @Test
    void fitsOnAScreen() {
        assertThat(ReportText.of(SampleReport.tweets()).lines().count()).isBetween(10L, 20L);
    }

    @Test
    void differsInColourAlone() {
        var coloured = ReportText.of(SampleReport.disagreeing(), Ink.ANSI);

        assertThat(coloured).startsWith("\u001B[1;31m✖ DISAGREE\u001B[0m");
        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(ReportText.of(SampleReport.disagreeing()));
    }

    @Test
    void letsNoTextOfOthersMoveTheCursor() {
        var it = SampleReport.pending();
        var latency = new Report.Latency("\u001B[2J\u202Egone\r\n", 0, 0, 0, 0, 0);
        var hostile = new Report(
                it.subject(),
                it.agreement(),
                it.causes(),
                it.windows(),
                it.differences(),
                it.targets(),
                new Report.Runs(Map.of(), latency, Map.of(), Map.of()),
                it.refusals(),
                it.tradeOff(),
                it.provenance());

        assertThat(ReportText.of(hostile)).doesNotContain("\u001B", "\u202E", "\r");
    }
}
