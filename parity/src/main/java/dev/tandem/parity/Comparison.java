package dev.tandem.parity;

import dev.tandem.fold.recount.ComparedPart;
import dev.tandem.model.View;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what two modes stored and tells it as a {@link Report}. A function of the evidence, nothing else. */
public final class Comparison {
    /** So many differences are held in memory, and those of one part more. */
    private static final int HELD = 10_000;

    private final Evidence evidence;
    private final List<ViewTally> views;
    private final Differences.Gathering differences;

    private Comparison(Evidence evidence, Path spills) {
        this.evidence = evidence;
        this.views = evidence.shapes().stream()
                .map(shape -> new ViewTally(evidence.pipeline(), shape))
                .toList();
        this.differences = new Differences.Gathering(spills, HELD);
    }

    /**
     * Compares part by part. Differences beyond some thousands are written to files under {@code spills}, which go when the report's
     * differences are closed.
     */
    public static Report of(Evidence evidence, Path spills) {
        var comparison = new Comparison(evidence, spills);
        evidence.recount().compare(comparison::compare, comparison::add);
        return comparison.report();
    }

    private List<ViewComparison> compare(ComparedPart part) {
        return evidence.shapes().stream()
                .map(shape -> new ViewComparison(evidence, shape, part))
                .toList();
    }

    private void add(List<ViewComparison> part) {
        var found = new ArrayList<Report.Difference>();
        for (int view = 0; view < views.size(); view++) {
            views.get(view).add(part.get(view).tally());
            found.addAll(part.get(view).differences());
        }
        differences.add(found);
    }

    private Report report() {
        var counts = new LinkedHashMap<String, Report.ViewCount>();
        views.forEach(view -> counts.put(view.shape().name(), view.count()));
        var causes = causes();
        var facts = evidence.facts();
        var agreement = agreement(counts, causes);
        var lines = views.stream()
                .flatMap(view -> view.lines().lines(WindowTally.BARS).stream())
                .toList();
        return new Report(
                subject(),
                agreement,
                causes,
                lines,
                differences.done(),
                new Targets(evidence.pipeline().targets()).checked(agreement, facts.runs()),
                facts.runs(),
                facts.refusals(),
                tradeOff(),
                facts.provenance());
    }

    private Report.Subject subject() {
        var pipeline = evidence.pipeline();
        var cut = evidence.facts().cut();
        long records = evidence.recount().fates().read();
        return new Report.Subject(
                pipeline.name(),
                pipeline.about(),
                pipeline.hash(),
                new Report.CutLine(
                        cut.microBatch(),
                        cut.positions(),
                        records,
                        evidence.recount().times()));
    }

    private Report.Agreement agreement(Map<String, Report.ViewCount> counts, Map<Cause, Report.CauseCount> causes) {
        var accuracy = accuracy(counts);
        var verdict = verdict(causes, accuracy);
        return new Report.Agreement(verdict, new Sentence(verdict, accuracy, causes).told(), accuracy, counts);
    }

    private Report.TradeOff tradeOff() {
        var facts = evidence.facts();
        var arrivals = evidence.recount().arrivals();
        var grouped =
                evidence.pipeline().grouped().stream().map(View.Grouped::name).toList();
        return new Report.TradeOff(
                BreakEven.of(facts.runs()),
                new Convergence(facts.timeline(), evidence.at()).of(arrivals.windows(), grouped),
                arrivals.missedBy());
    }

    private Map<Cause, Report.CauseCount> causes() {
        var rows = new EnumMap<Cause, Long>(Cause.class);
        views.forEach(view -> view.causeRows().forEach((cause, count) -> rows.merge(cause, count, Long::sum)));
        if (!evidence.facts().madeBy(evidence.pipeline().hash())) {
            rows.put(
                    Cause.DEFINITION,
                    views.stream().mapToLong(view -> view.count().compared()).sum());
        }
        var records = new EnumMap<Cause, Long>(Cause.class);
        evidence.recount().deviantRecords().forEach((kind, count) -> records.put(ViewComparison.causeOf(kind), count));
        records.put(Cause.OPEN, evidence.recount().waiting());
        var causes = new EnumMap<Cause, Report.CauseCount>(Cause.class);
        rows.forEach((cause, count) -> causes.put(
                cause, new Report.CauseCount(records.getOrDefault(cause, 0L), count, cause.meaning(), hint(cause))));
        return causes;
    }

    private String hint(Cause cause) {
        boolean late = cause == Cause.LATE || cause == Cause.LATE_PARTIAL;
        return late ? new LongerDelay(evidence.recount().arrivals().missedBy()).hint(cause.hint()) : cause.hint();
    }

    private Report.Accuracy accuracy(Map<String, Report.ViewCount> counts) {
        long compared =
                counts.values().stream().mapToLong(Report.ViewCount::compared).sum();
        long agreeing =
                counts.values().stream().mapToLong(Report.ViewCount::agreeing).sum();
        var percent = compared == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(agreeing)
                        .movePointRight(2)
                        .divide(BigDecimal.valueOf(compared), 2, RoundingMode.DOWN);
        var mean = views.stream()
                .filter(view -> evidence.pipeline()
                        .view(view.shape().name())
                        .filter(View.Grouped.class::isInstance)
                        .isPresent())
                .map(ViewTally::worstMean)
                .reduce(BigDecimal.ZERO, BigDecimal::max);
        return new Report.Accuracy(compared, agreeing, percent, mean);
    }

    private Verdict verdict(Map<Cause, Report.CauseCount> causes, Report.Accuracy accuracy) {
        boolean broken = causes.containsKey(Cause.UNEXPLAINED)
                || causes.containsKey(Cause.SINK)
                || causes.containsKey(Cause.DEFINITION);
        if (broken) {
            return Verdict.DISAGREE;
        }
        if (accuracy.comparedRows() == 0) {
            return Verdict.PENDING;
        }
        if (accuracy.agreeingRows() == accuracy.comparedRows()) {
            return Verdict.AGREE;
        }
        return views.stream().anyMatch(ViewTally::isBeyondTolerance)
                ? Verdict.AGREE_WITH_CAUSES
                : Verdict.WITHIN_TOLERANCE;
    }
}
