package dev.tandem.parity.report;

import dev.tandem.fold.Identity;
import dev.tandem.parity.Differences;
import dev.tandem.parity.Report;
import dev.tandem.parity.traits.CommonTraits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report in which every text that can come from outside is an attack. */
final class HostileReport {
    static final String PAYLOAD = "\"'></title></style></svg><script>alert(1)</script><img src=x onerror=alert(2)>";

    private HostileReport() {}

    static Report everywhere() {
        var it = SampleReport.tweets();
        var measure = new Report.MeasureCount(1, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE);
        return new Report(
                1,
                PAYLOAD,
                PAYLOAD,
                PAYLOAD,
                it.generatedAt(),
                it.verdict(),
                PAYLOAD,
                0,
                it.accuracy(),
                Map.of(PAYLOAD, new Report.ViewCount(1, 0, 1, 0, Map.of(PAYLOAD, measure))),
                Map.of(PAYLOAD, new Report.CauseCount(1, 1, PAYLOAD, PAYLOAD)),
                Map.of(PAYLOAD, Map.of("read", 1L, "counted", 1L)),
                new Report.Latency(PAYLOAD, 1, 1, 1, 1, 1, false, List.of(new Report.Stage(PAYLOAD, 1, 1, 1, 1)), 0),
                Map.of(PAYLOAD, new Report.Throughput(1, 1, 1, PAYLOAD)),
                List.of(new Report.Target("latency " + PAYLOAD, PAYLOAD, PAYLOAD, true)),
                List.of(window()),
                Differences.of(List.of(difference())),
                Map.of(PAYLOAD, PAYLOAD),
                it.cut(),
                Map.of(PAYLOAD, PAYLOAD),
                List.of(PAYLOAD),
                new Report.TradeOff(
                        Map.of(PAYLOAD, new Report.Cost(1, 1, 1, 1, 1, 1, 1)),
                        Optional.empty(),
                        List.of(new Report.Convergence(
                                PAYLOAD, 1, List.of(new Report.ConvergenceStep(0, 0, 0)), Optional.of(0.0), 0)),
                        Collections.emptySortedMap()),
                Map.of(PAYLOAD, CommonTraits.of(5, 100, 1, List.of(new CommonTraits.Counted(PAYLOAD, PAYLOAD, 5, 5)))));
    }

    private static Report.WindowLine window() {
        var bar = new Report.Bar(PAYLOAD, BigDecimal.ONE, BigDecimal.TEN);
        return new Report.WindowLine(
                PAYLOAD,
                PAYLOAD,
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH.plusSeconds(60)),
                "explained",
                BigDecimal.ONE,
                BigDecimal.TEN,
                2,
                1,
                List.of(bar, bar));
    }

    private static Report.Difference difference() {
        return new Report.Difference(
                PAYLOAD,
                Optional.empty(),
                Optional.empty(),
                Map.of(PAYLOAD, PAYLOAD, "b", PAYLOAD),
                PAYLOAD,
                Optional.of(PAYLOAD),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(PAYLOAD, 1L),
                List.of(PAYLOAD),
                new Identity(0, 0));
    }
}
