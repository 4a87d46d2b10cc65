package dev.tandem.diff.report;

import dev.tandem.parity.report.Html;
import java.util.ArrayList;
import java.util.List;

/** The answer as JUnit's XML, for a build server: a test case for each way in which two tables can differ. */
final class DiffJunit {
    private DiffJunit() {}

    static String of(Answer answer) {
        var result = answer.result();
        var cases = new ArrayList<Html>();
        long failures = 0;
        for (var check : checks(answer)) {
            failures += check.rows() > 0 ? 1 : 0;
            cases.add(
                    check.rows() == 0
                            ? Html.of("  <testcase classname=\"{}\" name=\"{}\"/>", result.name(), check.name())
                            : Html.of(
                                    "  <testcase classname=\"{}\" name=\"{}\"><failure message=\"{} rows\">{} {}</failure></testcase>",
                                    result.name(),
                                    check.name(),
                                    check.rows(),
                                    answer.sentence(),
                                    answer.explanation().sentence()));
        }
        return Html.of(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" timestamp=\"{}\">\n{}\n</testsuite>\n",
                        result.name(),
                        cases.size(),
                        failures,
                        Moments.second(result.right().until()),
                        Html.joined(cases))
                .markup();
    }

    private record Check(String name, long rows) {}

    private static List<Check> checks(Answer answer) {
        var result = answer.result();
        var checks = new ArrayList<Check>();
        boolean settled = answer.verdict() == Answer.Verdict.AGREE;
        checks.add(new Check(
                "no row is only in LEFT", settled ? 0 : result.counts().onlyLeft()));
        checks.add(new Check(
                "no row is only in RIGHT", settled ? 0 : result.counts().onlyRight()));
        result.values()
                .forEach(facts ->
                        checks.add(new Check(facts.column().name() + " is the same", settled ? 0 : facts.differing())));
        return checks;
    }
}
