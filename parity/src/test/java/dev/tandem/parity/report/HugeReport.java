package dev.tandem.parity.report;

import dev.tandem.fold.Identity;
import dev.tandem.parity.Differences;
import dev.tandem.parity.Report;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** As much of everything as a long run can leave behind: 12 views, 1,000 windows each, 600 differences with endless keys. */
final class HugeReport {
    private static final Instant START = Instant.parse("2026-11-20T09:00:00Z");
    private static final Duration SIZE = Duration.ofMinutes(20);

    private HugeReport() {}

    static Report endless() {
        var it = SampleReport.tweets();
        var windows = IntStream.range(0, 12_000).mapToObj(HugeReport::window).toList();
        var differences =
                IntStream.range(0, 600).mapToObj(HugeReport::difference).toList();
        return new Report(
                it.subject(),
                it.agreement(),
                it.causes(),
                windows,
                Differences.of(differences),
                it.targets(),
                it.runs(),
                it.refusals(),
                it.tradeOff(),
                it.provenance());
    }

    private static Report.WindowLine window(int index) {
        var start = START.plus(SIZE.multipliedBy(index / 12));
        return new Report.WindowLine(
                "view_" + index % 12,
                "mentions",
                Optional.of(start),
                Optional.of(start.plus(SIZE)),
                index % 11 == 0 ? Report.WindowState.EXPLAINED : Report.WindowState.AGREE,
                new BigDecimal(1_000_000 + index % 977),
                new BigDecimal(1_000_000 + index % 971),
                214,
                index % 11 == 0 ? 3 : 0,
                IntStream.range(0, 15).mapToObj(HugeReport::bar).toList());
    }

    private static Report.Bar bar(int index) {
        return new Report.Bar("k".repeat(200), new BigDecimal(15_000 - index), new BigDecimal(15_000 - index * 2));
    }

    private static Report.Difference difference(int index) {
        return new Report.Difference(
                "view_" + index % 12,
                Optional.of(START),
                Optional.of(START.plus(SIZE)),
                Map.of("hashtag", "t".repeat(20_000) + SampleReport.SCRIPT),
                "mentions",
                Optional.of("1"),
                Optional.of("2"),
                Optional.of(new BigDecimal(-1)),
                Optional.of(new BigDecimal(50)),
                Map.of("late", 900L),
                IntStream.range(0, 900).mapToObj(record -> "0-" + record).toList(),
                Identity.of(List.of((long) index)));
    }
}
