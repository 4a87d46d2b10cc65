package dev.tandem.page;

import dev.tandem.page.data.TableAnswer;
import java.time.Instant;
import java.util.List;

/** Two invented comparisons of tables that are not Tandem's: one that differs, one that agrees. */
final class SampleTableAnswers {
    private SampleTableAnswers() {}

    static List<TableAnswer> all() {
        return List.of(
                new TableAnswer(
                        "attach",
                        "orders",
                        Instant.parse("2026-03-08T01:30:00Z"),
                        "differ",
                        List.of(
                                "per_slot, stream: 200 rows of dashboard.csv are not what the log gives.",
                                "per_slot, batch: 32 rows of nightly.csv are not what the log gives."),
                        "/srv/shop/comparison/attach/report.html",
                        "✖ DIFFER  orders\n  log         events: 6,459 records\n\nper_slot: 200 rows in the log\n"),
                new TableAnswer(
                        "diff",
                        "hourly orders",
                        Instant.parse("2026-03-07T01:30:00Z"),
                        "agree",
                        List.of("All 656 rows are equal."),
                        "/srv/shop/comparison/diff/report.html",
                        "✔ AGREE  hourly orders\n  All 656 rows are equal.\n"));
    }
}
