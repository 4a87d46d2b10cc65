package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
    @Test
    void isWhatProgramsHaveBeenPromised() {
        Golden.assertSame("report.json", ReportJson.of(SampleReport.tweets()));
    }

    @Test
    void namesItsPartsInThePromisedOrder() throws Exception {
        var keys = new ArrayList<String>();
        tree(ReportJson.of(SampleReport.tweets())).fieldNames().forEachRemaining(keys::add);

        assertThat(keys)
                .isEqualTo(List.of(
                        "schema_version",
                        "pipeline",
                        "definition",
                        "generated_at",
                        "verdict",
                        "sentence",
                        "unexplained",
                        "accuracy",
                        "views",
                        "causes",
                        "conservation",
                        "latency",
                        "throughput",
                        "targets",
                        "windows",
                        "differences",
                        "quarantine",
                        "cut",
                        "versions",
                        "commands",
                        "cost",
                        "break_even",
                        "convergence",
                        "late_by_missing_delay_seconds",
                        "differing_rows",
                        "worst_rows",
                        "common"));
    }

    @Test
    void keepsTheWorstHundredDifferences() throws Exception {
        assertThat(tree(ReportJson.of(HugeReport.endless())).get("differences")).hasSize(100);
    }

    @Test
    void tellsWhatWasNotMeasuredAsNull() throws Exception {
        assertThat(tree(ReportJson.of(SampleReport.pending()))
                        .at("/latency/p95")
                        .isNull())
                .isTrue();
    }

    @Test
    void writesMeasuresThatAreNumbersAsNumbers() throws Exception {
        var differences = tree(ReportJson.of(SampleReport.tweets())).get("differences");

        assertThat(differences.findValues("batch")).allMatch(JsonNode::isNumber);
        assertThat(differences.get(0).get("stream").isNull()).isTrue();
    }

    private static JsonNode tree(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
