package dev.tandem.parity.report;

import dev.tandem.fold.Identity;
import dev.tandem.model.Mode;
import dev.tandem.parity.Cause;
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
                new Report.Subject(PAYLOAD, PAYLOAD, PAYLOAD, it.subject().cut()),
                new Report.Agreement(
                        it.verdict(),
                        PAYLOAD,
                        it.agreement().accuracy(),
                        Map.of(PAYLOAD, new Report.ViewCount(1, 0, 1, 0, Map.of(PAYLOAD, measure)))),
                Map.of(Cause.LATE, new Report.CauseCount(1, 1, PAYLOAD, PAYLOAD)),
                List.of(window()),
                Differences.of(List.of(difference())),
                List.of(new Report.Target("latency " + PAYLOAD, PAYLOAD, PAYLOAD, true)),
                runs(),
                new Report.Refusals(
                        Map.of(PAYLOAD, 1L),
                        Map.of(
                                PAYLOAD,
                                CommonTraits.of(5, 100, 1, List.of(new CommonTraits.Counted(PAYLOAD, PAYLOAD, 5, 5))))),
                new Report.TradeOff(
                        Optional.empty(),
                        List.of(new Report.Convergence(
                                PAYLOAD, 1, List.of(new Report.ConvergenceStep(0, 0, 0)), Optional.of(0.0), 0)),
                        Collections.emptySortedMap()),
                new Report.Provenance(it.provenance().generatedAt(), Map.of(PAYLOAD, PAYLOAD), List.of(PAYLOAD)));
    }

    private static Report.Runs runs() {
        return new Report.Runs(
                Map.of(Mode.STREAM, new Report.Conservation(1, 1, 0, 0, 0, 0, 0, 0)),
                new Report.Latency(PAYLOAD, 1, 1, 1, 1, 1, false, List.of(new Report.Stage(PAYLOAD, 1, 1, 1, 1)), 0),
                Map.of(Mode.STREAM, new Report.Throughput(1, 1, 1, PAYLOAD)),
                Map.of(Mode.STREAM, new Report.Cost(1, 1, 1, 1, 1, 1, 1)));
    }

    private static Report.WindowLine window() {
        var bar = new Report.Bar(PAYLOAD, BigDecimal.ONE, BigDecimal.TEN);
        return new Report.WindowLine(
                PAYLOAD,
                PAYLOAD,
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH.plusSeconds(60)),
                Report.WindowState.EXPLAINED,
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
