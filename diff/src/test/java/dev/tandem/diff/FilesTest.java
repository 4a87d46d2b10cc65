package dev.tandem.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.report.Again;
import dev.tandem.diff.report.Answer;
import dev.tandem.diff.table.Question;
import dev.tandem.diff.table.Question.Choice;
import dev.tandem.diff.table.Question.Wanted;
import dev.tandem.diff.table.Result;
import dev.tandem.diff.table.Result.Counts;
import dev.tandem.diff.table.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in files; what must come out is counted by hand. */
class FilesTest {
    private static final String LEFT = "id,name,amount\n1,ann,1.00\n2,bob,2.50\n3,cyd,3.00\n4,dan,4.00\n";
    private static final String RIGHT = "ID,Name,AMOUNT\n1,ann,1.00\n2,bob,2.75\n4,Dan,4.10\n5,eve,5.00\n";

    private TwoTables tables;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        tables = new TwoTables(folder);
    }

    @AfterEach
    void close() throws Exception {
        tables.close();
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(tables.folder().resolve(name).getParent());
        Files.writeString(tables.folder().resolve(name), text);
    }

    private Result compared(String left, String right, Choice choice, String... key) throws InterruptedException {
        return tables.ask(tables.question(left, right, choice, key)).result();
    }

    private Counts counts(String left, String right) throws Exception {
        file("l.csv", left);
        file("r.csv", right);
        return compared("l.csv", "r.csv", Choice.ALL, "id").counts();
    }

    /** 10:00 and 10:20 in UTC, 15:30 and 15:50 at +05:30 and in Kolkata; the last row is an hour off. */
    @ParameterizedTest
    @ValueSource(strings = {"+05:30", "Asia/Kolkata", "UTC+05:30"})
    void takesTimesOfAZoneByItsNameOrItsOffset(String zone) throws Exception {
        file("l.csv", "id,at\n1,2026-01-05T10:00:00Z\n2,2026-01-05T10:20:00Z\n3,2026-01-05T10:40:00Z\n");
        file("r.csv", "id,at\n1,2026-01-05 15:30:00\n2,2026-01-05 15:50:00\n3,2026-01-05 17:10:00\n");
        var right = tables.source("r.csv");
        var question = new Question(
                "zones",
                tables.source("l.csv"),
                new Question.Source(right.side(), right.where(), Optional.of(ZoneId.of(zone))),
                List.of("id"),
                Choice.ALL,
                Optional.empty(),
                Question.Extent.USUAL);
        assertThat(tables.ask(question).result().counts().differing()).isEqualTo(1);
    }

    @Test
    void countsRowsByWhatBecameOfThem() throws Exception {
        assertThat(counts(LEFT, RIGHT)).isEqualTo(new Counts(1, 0, 2, 1, 1));
    }

    @Test
    void tellsHowMuchAColumnDiffers() throws Exception {
        counts(LEFT, RIGHT);
        var amount = compared("l.csv", "r.csv", Choice.ALL, "id").values().get(1);

        assertThat(amount.differing()).isEqualTo(2);
        assertThat(amount.leftSum().map(Double::valueOf)).contains(10.5);
        assertThat(amount.rightSum().map(Double::valueOf)).contains(12.85);
        assertThat(amount.spread().map(it -> Double.valueOf(it.most()))).contains(0.25);
    }

    @Test
    void showsTheWorstRowFirst() throws Exception {
        counts(LEFT, RIGHT);
        var worst =
                compared("l.csv", "r.csv", Choice.ALL, "id").samples().changed().get(0);

        assertThat(worst.key()).containsExactly(Optional.of("2"));
        assertThat(worst.cells()).containsExactly(new Result.Cell("amount", Optional.of("2.5"), Optional.of("2.75")));
    }

    @Test
    void writesEveryDifferenceAsCsv() throws Exception {
        counts(LEFT, RIGHT);

        assertThat(tables.folder().resolve("report/differences.csv")).content().isEqualToNormalizingNewlines("""
                        kind,key_id,column,left,right
                        changed,2,amount,2.5,2.75
                        only left,3,name,cyd,
                        only left,3,amount,3.0,
                        changed,4,name,dan,Dan
                        changed,4,amount,4.0,4.1
                        only right,5,name,,eve
                        only right,5,amount,,5.0
                        """);
    }

    @Test
    void writesATestCaseForEachWayToDiffer() throws Exception {
        counts(LEFT, RIGHT);

        assertThat(tables.folder().resolve("report/junit.xml"))
                .content()
                .contains("tests=\"4\" failures=\"4\"", "name=\"amount is the same\"><failure message=\"2 rows\"");
    }

    @Test
    void writesAPageThatNeedsNothingElse() throws Exception {
        counts(LEFT, "id,name,amount\n1,<b>ann</b>,1\n");

        assertThat(tables.folder().resolve("report/report.html"))
                .content()
                .contains("&lt;b&gt;ann&lt;/b&gt;")
                .doesNotContain("<b>ann", "<script", "http://", "https://");
    }

    @Test
    void tellsThePatternOnThePage() throws Exception {
        counts("id,s\n1,a\n2,b\n3,c\n", "id,s\n1,A\n2,B\n3,C\n");

        assertThat(tables.folder().resolve("report/report.html"))
                .content()
                .contains(
                        "Why do they differ?",
                        "names are spelt in another way",
                        "upper and lower case in s do not count");
    }

    @Test
    void toleratesWhatItIsTold() throws Exception {
        counts(LEFT, RIGHT);
        var tolerance = Map.of("amount", Tolerance.read("0.1").orElseThrow());
        var choice = new Choice(List.of(), List.of("name"), Map.of(), Map.of(), tolerance, Optional.empty());

        assertThat(compared("l.csv", "r.csv", choice, "id").counts()).isEqualTo(new Counts(1, 1, 1, 1, 1));
    }

    @Test
    void toleratesAShareOfTheLargerNumber() throws Exception {
        counts(LEFT, RIGHT);
        var choice = new Choice(List.of(), List.of("name"), Map.of(), Map.of(), Map.of(), Tolerance.read("10%"));

        assertThat(compared("l.csv", "r.csv", choice, "id").counts()).isEqualTo(new Counts(1, 2, 0, 1, 1));
    }

    @Test
    void takesDuplicateKeysForAFinding() throws Exception {
        assertThat(counts("id,n\n1,10\n1,11\n1,11\n2,20\n", "id,n\n1,10\n1,11\n2,20\n"))
                .isEqualTo(new Counts(3, 0, 0, 1, 0));
        assertThat(compared("l.csv", "r.csv", Choice.ALL, "id").left().copies()).isEqualTo(2);
    }

    @Test
    void pairsNullKeys() throws Exception {
        assertThat(counts("id,n\n,10\n2,20\n", "id,n\n,11\n2,20\n")).isEqualTo(new Counts(1, 0, 1, 0, 0));
        assertThat(compared("l.csv", "r.csv", Choice.ALL, "id").right().nullKeys())
                .isEqualTo(1);
    }

    @Test
    void keepsLeadingZerosOfNames() throws Exception {
        assertThat(counts("id,n\n007,1\n8,2\n", "id,n\n7,1\n8,2\n")).isEqualTo(new Counts(1, 0, 0, 1, 1));
    }

    @Test
    void takesALateTextInAColumnOfNumbers() throws Exception {
        tables.write(
                "l.csv",
                "SELECT i AS id, CASE WHEN i = 150000 THEN 'many' ELSE i::VARCHAR END AS n FROM range(200000) t(i)");
        tables.write(
                "r.csv",
                "SELECT i AS id, CASE WHEN i = 150000 THEN 'many' ELSE i::VARCHAR END AS n FROM range(200000) t(i)");

        assertThat(compared("l.csv", "r.csv", Choice.ALL, "id").counts()).isEqualTo(new Counts(200_000, 0, 0, 0, 0));
    }

    @Test
    void tellsEmptyFromNull() throws Exception {
        assertThat(counts("id,s\n1,\"\"\n2,x\n", "id,s\n1,\n2,x\n").changed()).isEqualTo(1);
    }

    @Test
    void comparesDecimalsWithDoublesAndTimesWithText() throws Exception {
        tables.write(
                "l.parquet", "SELECT 1 AS id, 0.10::DECIMAL(9, 2) AS n, TIMESTAMPTZ '2026-01-01 05:30:00+05:30' AS t");
        tables.write("r.json", "SELECT 1 AS id, 0.1::DOUBLE AS n, '2026-01-01T00:00:00Z' AS t");

        assertThat(compared("l.parquet", "r.json", Choice.ALL, "id").counts()).isEqualTo(new Counts(1, 0, 0, 0, 0));
    }

    @Test
    void readsWholeNumbersAsTimesWhereTheOtherSideHasSome() throws Exception {
        tables.write("l.parquet", "SELECT 1767225600000 AS t, 5 AS n");
        tables.write("r.parquet", "SELECT TIMESTAMP '2026-01-01 00:00:00' AS t, 5 AS n");
        var result = compared("l.parquet", "r.parquet", Choice.ALL, "t");

        assertThat(result.counts()).isEqualTo(new Counts(1, 0, 0, 0, 0));
        assertThat(result.columns().notes())
                .containsExactly("t: LEFT has whole numbers, taken as milliseconds since 1970");
    }

    @Test
    void asksWhereTextMeetsNumbers() throws Exception {
        tables.write("l.parquet", "SELECT 1 AS id, 5 AS n");
        tables.write("r.parquet", "SELECT 1 AS id, 'n/a' AS n");

        assertThatThrownBy(() -> compared("l.parquet", "r.parquet", Choice.ALL, "id"))
                .isInstanceOf(DiffException.class)
                .hasMessageContaining("RIGHT has 1 value(s) such as 'n/a'; say --type n=text");
        var choice = new Choice(List.of(), List.of(), Map.of(), Map.of("n", Wanted.TEXT), Map.of(), Optional.empty());
        assertThat(compared("l.parquet", "r.parquet", choice, "id").counts().changed())
                .isEqualTo(1);
    }

    @Test
    void asksWhereTwoColumnsAreAlike() throws Exception {
        tables.write("l.parquet", "SELECT 1 AS user_id, 5 AS n");
        tables.write("r.parquet", "SELECT 1 AS userId, 1 AS \"user id\", 5 AS n");

        assertThatThrownBy(() -> compared("l.parquet", "r.parquet", Choice.ALL, "user_id"))
                .hasMessageContaining("userId and user id are alike; say it with --rename user_id=userId");
        var choice =
                new Choice(List.of(), List.of(), Map.of("user_id", "userId"), Map.of(), Map.of(), Optional.empty());
        assertThat(compared("l.parquet", "r.parquet", choice, "user_id")
                        .counts()
                        .equal())
                .isEqualTo(1);
    }

    @Test
    void namesTheColumnsWhereTheKeyIsNone() throws Exception {
        tables.write("l.parquet", "SELECT 1 AS id, 5 AS n");

        assertThatThrownBy(() -> compared("l.parquet", "l.parquet", Choice.ALL, "di"))
                .hasMessageContaining("the left side has no such column; it has id, n");
    }

    @Test
    void readsAFolderAndAPattern() throws Exception {
        file("lake/day=1/a.csv", "id,n\n1,1\n");
        file("lake/day=2/b.csv", "id,n\n2,2\n");
        file("lake/_SUCCESS", "");
        file("one.csv", "id,n\n1,1\n2,2\n");

        assertThat(compared("lake", "one.csv", Choice.ALL, "id").counts().equal())
                .isEqualTo(2);
        assertThat(compared("lake/*/b.csv", "one.csv", Choice.ALL, "id").counts())
                .isEqualTo(new Counts(1, 0, 0, 0, 1));
    }

    @Test
    void comparesOnlyTheRowsThatAreAskedFor() throws Exception {
        counts(LEFT, RIGHT);
        var left = tables.source("l.csv", Optional.of("amount < 3"));
        var right = tables.source("r.csv", Optional.of("AMOUNT < 3"));
        var question =
                new Question("few", left, right, List.of("id"), Choice.ALL, Optional.empty(), Question.Extent.USUAL);

        assertThat(tables.ask(question).result().counts()).isEqualTo(new Counts(1, 0, 1, 0, 0));
    }

    @Test
    void separatesWhatMovesFromWhatStays() throws Exception {
        counts("id,n\n1,1\n2,2\n3,3\n4,4\n", "id,n\n1,9\n2,8\n3,7\n4,4\n");
        var asked = tables.question("l.csv", "r.csv", "id");
        var question = new Question(
                asked.name(),
                asked.left(),
                asked.right(),
                asked.key(),
                asked.choice(),
                asked.time(),
                new Question.Extent(
                        5, Optional.of(Duration.ofSeconds(60)), Question.Patterns.SEARCHED, Question.Reach.SEGMENTS));

        var answer = tables.ask(question, duration -> {
            try {
                file("r.csv", "id,n\n1,9\n2,2\n3,6\n4,4\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(answer.again()).contains(new Again(Duration.ofSeconds(60), 1, 1, 1));
        assertThat(answer.verdict()).isEqualTo(Answer.Verdict.DIFFER);
    }

    @Test
    void numbersThatNoDecimalHoldsStopNothing() throws Exception {
        tables.write(
                "l.parquet",
                "SELECT i AS id, CASE i WHEN 3 THEN 'nan'::DOUBLE WHEN 4 THEN 'inf'::DOUBLE WHEN 5 THEN 1e300 ELSE i + 0.25 END AS v, 9223372036854775000 - i AS n FROM range(20) t(i)");
        tables.write(
                "r.parquet",
                "SELECT i AS id, CASE i WHEN 3 THEN 'nan'::DOUBLE WHEN 4 THEN 'inf'::DOUBLE WHEN 5 THEN 1e300 ELSE i END AS v, 9223372036854775000 - i * 3 AS n FROM range(20) t(i)");

        assertThat(compared("l.parquet", "r.parquet", Choice.ALL, "id").counts())
                .isEqualTo(new Counts(0, 0, 20, 0, 0));
    }

    @Test
    void leavesNoWorkingFilesBehind() throws Exception {
        counts(LEFT, RIGHT);

        assertThat(tables.folder().resolve("scratch")).isEmptyDirectory();
    }
}
