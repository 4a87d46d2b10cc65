package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.parity.Report;
import dev.tandem.parity.explain.Bridges;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportPageTest {
    static Stream<Report> everyReport() {
        return Stream.of(
                SampleReport.tweets(),
                SampleReport.agreeing(),
                SampleReport.pending(),
                SampleReport.disagreeing(),
                HugeReport.endless());
    }

    @Nested
    class ThePage {
        @Test
        void answersInTheOrderOfTheQuestions() {
            assertThat(page(SampleReport.tweets())
                            .select("header[id], section[id]")
                            .eachAttr("id"))
                    .isEqualTo(List.of(
                            "verdict",
                            "tiles",
                            "why",
                            "where",
                            "how-much",
                            "differences",
                            "how-late",
                            "cost",
                            "proof"));
        }

        @Test
        void saysTheVerdictFirst() {
            assertThat(page(SampleReport.tweets()).select("#verdict").text())
                    .contains("AGREE WITH CAUSES", "17 late records explain");
        }

        @Test
        void drawsEachChartWithATableAndWordsForIt() {
            var figures = page(SampleReport.tweets()).select("figure");

            assertThat(figures).hasSize(10);
            assertThat(figures).allSatisfy(figure -> {
                assertThat(figure.select("svg[role=img][aria-label] > title")).hasSize(2);
                assertThat(figure.select("svg > desc")).hasSize(2);
                assertThat(figure.select("details table")).hasSize(1);
            });
        }

        @Test
        void tellsWhatEachModeUsedAndWhetherABatchWouldDo() {
            assertThat(page(SampleReport.tweets()).select("#cost").text())
                    .contains(
                            "1,698.4",
                            "3,210 rows, 1.4 MiB",
                            "At 640 events a second, a batch every 10 min that counts what is new would use 17 % of the stream's processor time, and its numbers would be up to 11.1 min old instead of 1.94 s.",
                            "it is dearer than the stream after 10 runs");
        }

        @Test
        void S0_20_showsHowFastTheNumbersBecomeRight() {
            assertThat(page(SampleReport.tweets()).select("#how-late").text())
                    .contains(
                            "window_stats: 99 % right 4.2 s after a window's end",
                            "read, prepared and folded", "never");
        }

        @Test
        void showsTheSumOfEachMode() {
            assertThat(page(SampleReport.tweets()).select("#proof .sum").eachText())
                    .contains("12,600 read = 12,297 counted + 61 quarantined + 118 duplicate + 124 filtered");
        }

        @Test
        void listsAHundredOfMoreRows() {
            var differences = page(HugeReport.endless()).select("#differences");

            assertThat(differences.select("ol.rows > li")).hasSize(100);
            assertThat(differences.select(".lead").text())
                    .contains("100 of ", "the 50 worst by percent, then the 50 largest by amount");
        }

        @Test
        void putsTheMeasuresOfARowSideBySide() {
            var total = page(SampleReport.tweets()).select("#differences li:contains(window_totals)");

            assertThat(total).hasSize(1);
            assertThat(total.select(".both").eachText())
                    .containsExactly("tweets ● 2,366 □ 2,377 (+11, +0.46 %)", "users ● 1,140 □ 1,147 (+7, +0.61 %)");
        }

        @Test
        void namesTheCommandThatExplainsARowWhereItDoesNotItself() {
            assertThat(page(SampleReport.tweets())
                            .select("#differences li:contains(java) .note code")
                            .text())
                    .isEqualTo("./tandem explain tweets window_stats hashtag=java --window 2026-11-20T10:20:00Z");
        }

        @Test
        void namesNoPictureThatThisMachineCannotDraw() {
            var report = SampleReport.tweets();
            var html = ReportPage.of(report, Bridges.NONE, Charts.of(report, List.of("svg")));

            assertThat(Jsoup.parse(html).select("a[href$=.png]")).isEmpty();
        }
    }

    @Nested
    class AnEmptyReport {
        @Test
        void saysThatEveryNumberAgrees() {
            assertThat(page(SampleReport.agreeing())
                            .select("#differences .statement")
                            .text())
                    .isEqualTo("Every number agrees: nothing to list");
        }

        @Test
        void saysThatNoWindowIsFinalYet() {
            assertThat(page(SampleReport.pending()).select("#where .statement").text())
                    .isEqualTo("No window is final yet");
        }

        @Test
        void showsADashForWhatIsMissing() {
            assertThat(page(SampleReport.pending()).select("#tiles .value").eachText())
                    .containsOnly("–");
        }
    }

    @Nested
    class TextOfStrangers {
        @Test
        void staysText() {
            var page = page(SampleReport.tweets());

            assertThat(page.select("bdi").eachText())
                    .contains(SampleReport.SCRIPT, SampleReport.IMAGE, SampleReport.FORMULA);
            assertThat(page.select("svg hint, svg rect > title").text()).contains(SampleReport.SCRIPT);
        }

        @Test
        void staysTextInEveryPlaceOfTheReport() {
            var page = page(HostileReport.everywhere());

            assertThat(page.select("script, img, iframe, object, link, base, form, input"))
                    .isEmpty();
            assertThat(page.select("#verdict, #why, #proof, #how-late, #cost, #tiles, #where"))
                    .allSatisfy(section -> assertThat(section.text()).contains(HostileReport.PAYLOAD));
        }
    }

    @ParameterizedTest
    @MethodSource("everyReport")
    void runsNothing(Report report) {
        var page = page(report);

        assertThat(page.select("script, img, iframe, object, embed, link, base, form, input, foreignObject"))
                .isEmpty();
        assertThat(page.getAllElements())
                .flatExtracting(element -> element.attributes().asList())
                .noneMatch(attribute -> attribute.getKey().startsWith("on")
                        || attribute.getKey().equals("style"));
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .isEqualTo("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    }

    @ParameterizedTest
    @MethodSource("everyReport")
    void pointsNowhereOutside(Report report) {
        var page = page(report);

        assertThat(page.select("[src], [xlink:href], [srcset]")).isEmpty();
        assertThat(page.select("[href]").eachAttr("href"))
                .allMatch(link ->
                        link.matches("#[a-z-]+|report\\.json|differences\\.csv|charts/[A-Za-z0-9_-]+\\.(svg|png)"));
        assertThat(page.select("style").outerHtml()).doesNotContain("url(", "@import", "http");
    }

    @ParameterizedTest
    @MethodSource("everyReport")
    void staysWithinItsSize(Report report) {
        assertThat(html(report).getBytes(StandardCharsets.UTF_8).length).isLessThan(1_500_000);
    }

    @ParameterizedTest
    @MethodSource("everyReport")
    void neverShowsWhatIsNoNumber(Report report) {
        assertThat(html(report)).doesNotContain("NaN", "Infinity", "null", "Optional", "{}");
    }

    @ParameterizedTest
    @MethodSource("everyReport")
    void hasOneMeaningForEachName(Report report) {
        var page = page(report);

        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        assertThat(page.select("a[href^=#]").eachAttr("href"))
                .allSatisfy(link -> assertThat(page.select(link)).hasSize(1));
    }

    private static String html(Report report) {
        return ReportPage.of(report, Bridges.NONE, Charts.of(report, List.of("svg", "png")));
    }

    private static Document page(Report report) {
        return Jsoup.parse(html(report));
    }
}
