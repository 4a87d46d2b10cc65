package dev.tandem.parity.report;

import static dev.tandem.parity.report.SampleReport.FORMULA;
import static dev.tandem.parity.report.SampleReport.IMAGE;
import static dev.tandem.parity.report.SampleReport.SCRIPT;
import static dev.tandem.parity.report.SampleReport.SIZE;
import static dev.tandem.parity.report.SampleReport.START;
import static dev.tandem.parity.report.SampleReport.ordered;

import dev.tandem.fold.Identity;
import dev.tandem.parity.Report;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The rows that differ in {@link SampleReport}. */
final class SampleDifferences {
    private SampleDifferences() {}

    static List<Report.Difference> all() {
        return List.of(
                difference("window_stats", "java", "mentions", "409", "412"),
                difference("window_stats", SCRIPT, "mentions", "295", "301"),
                difference("window_stats", IMAGE, "tweets", "7", "8"),
                difference("window_stats", FORMULA, "tweets", "114", "116"),
                difference("window_stats", "+1", "tweets", "4", "5"),
                difference("window_stats", "@everyone", "mentions", "21", "22"),
                difference("window_stats", "データ分析", "avg_likes", "12.25", "12.5"),
                difference("window_stats", "سوق_العمل", "mentions", "188", "190"),
                difference("top_hashtags", "मानसून", "mentions", "261", "264"),
                onlyInBatch("window_stats", "line\nbreak, \"quoted\""),
                total("tweets", "2366", "2377", 11),
                total("users", "1140", "1147", 11));
    }

    private static Report.Difference difference(String view, String tag, String measure, String stream, String batch) {
        var delta = new BigDecimal(batch).subtract(new BigDecimal(stream));
        return new Report.Difference(
                view,
                Optional.of(START.plus(SIZE.multipliedBy(4))),
                Optional.of(START.plus(SIZE.multipliedBy(5))),
                Map.of("hashtag", tag),
                measure,
                Optional.of(stream),
                Optional.of(batch),
                Optional.of(delta),
                Optional.of(percent(delta.abs(), new BigDecimal(batch))),
                Map.of("late", 2L),
                List.of("0-3917", "1-3890"),
                Identity.of(List.of(view, tag)));
    }

    private static Report.Difference onlyInBatch(String view, String tag) {
        return new Report.Difference(
                view,
                Optional.of(START.plus(SIZE)),
                Optional.of(START.plus(SIZE.multipliedBy(2))),
                Map.of("hashtag", tag),
                "mentions",
                Optional.empty(),
                Optional.of("1"),
                Optional.of(new BigDecimal(-1)),
                Optional.of(new BigDecimal(100)),
                Map.of("late", 1L),
                List.of("2-1204"),
                Identity.of(List.of(view, tag)));
    }

    private static Report.Difference total(String measure, String stream, String batch, long late) {
        var delta = new BigDecimal(batch).subtract(new BigDecimal(stream));
        return new Report.Difference(
                "window_totals",
                Optional.of(START.plus(SIZE.multipliedBy(4))),
                Optional.of(START.plus(SIZE.multipliedBy(5))),
                Map.of(),
                measure,
                Optional.of(stream),
                Optional.of(batch),
                Optional.of(delta),
                Optional.of(percent(delta.abs(), new BigDecimal(batch))),
                ordered("late", late),
                IntStream.range(0, (int) late)
                        .mapToObj(index -> index % 3 + "-" + (3880 + 7 * index))
                        .toList(),
                Identity.of(List.of("window_totals")));
    }

    private static BigDecimal percent(BigDecimal delta, BigDecimal batch) {
        return delta.movePointRight(2).divide(batch, 4, RoundingMode.HALF_UP);
    }
}
