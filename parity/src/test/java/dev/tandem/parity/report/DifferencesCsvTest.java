package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.parity.Differences;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferencesCsvTest {
    @Test
    void isWhatProgramsHaveBeenPromised() throws IOException {
        Golden.assertSame("differences.csv", csv(SampleReport.tweets().differences()));
    }

    @Test
    void readsBackWithEveryDifference() throws IOException {
        assertThat(read(csv(HugeReport.endless().differences()))).hasSize(600);
    }

    @Test
    void keepsQuotesCommasAndLineBreaks() throws IOException {
        assertThat(read(csv(SampleReport.tweets().differences())))
                .extracting(line -> line.get("key_hashtag"))
                .contains("line\nbreak, \"quoted\"", "データ分析", "سوق_العمل");
    }

    @Test
    void leavesAMissingRowEmpty() throws IOException {
        var worst = read(csv(SampleReport.tweets().differences())).get(0);

        assertThat(worst.get("stream")).isEmpty();
        assertThat(worst.get("batch")).isEqualTo("1");
    }

    @Test
    void isAHeaderAloneWhenNothingDiffers() throws IOException {
        assertThat(csv(Differences.of(List.of())))
                .isEqualTo("view,window_start,window_end,measure,stream,batch,difference,percent,causes,records\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+SUM(A1)", "-2+3", "@cmd", "\tx", "\rx", "\0x", "=", "-", "+4.5.6"})
    void putsAnApostropheBeforeFormulas(String cell) {
        assertThat(DifferencesCsv.harmless(cell)).isEqualTo("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-12.5", "+1", "-0", "-1e9", "java", "", "a=b", "'"})
    void leavesNumbersAndPlainTextAlone(String cell) {
        assertThat(DifferencesCsv.harmless(cell)).isEqualTo(cell);
    }

    private static String csv(Differences differences) throws IOException {
        var text = new StringBuilder();
        DifferencesCsv.write(differences, text);
        return text.toString();
    }

    private static List<CSVRecord> read(String csv) throws IOException {
        var named = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = CSVParser.parse(csv, named)) {
            return parser.getRecords();
        }
    }
}
