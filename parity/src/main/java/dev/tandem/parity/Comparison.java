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
    private static final int SCHEMA_VERSION = 1;

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
        var accuracy = accuracy(counts);
        var verdict = verdict(causes, accuracy);
        var facts = evidence.facts();
        var pipeline = evidence.pipeline();
        var lines = views.stream()
                .flatMap(view -> view.lines().lines(WindowTally.BARS).stream())
                .toList();
        return new Report(
                SCHEMA_VERSION,
                pipeline.name(),
                pipeline.about(),
                pipeline.hash(),
                facts.now(),
                verdict,
                new Sentence(verdict, accuracy, causes).told(),
                rows(causes, Cause.UNEXPLAINED) + rows(causes, Cause.SINK) + rows(causes, Cause.DEFINITION),
                accuracy,
                counts,
                told(causes),
                facts.conservation(),
                facts.latency(),
                facts.throughput(),
                new Targets(pipeline.targets()).checked(accuracy, counts, facts),
                lines,
                differences.done(),
                facts.quarantine(),
                new Report.CutLine(
                        facts.cut().microBatch(),
                        facts.cut().positions(),
                        evidence.recount().fates().read(),
                        evidence.recount().times()),
                facts.versions(),
                facts.commands(),
                new Report.TradeOff(
                        facts.cost(),
                        BreakEven.of(facts),
                        new Convergence(facts.timeline(), evidence.at())
                                .of(
                                        evidence.recount().arrivals().windows(),
                                        pipeline.grouped().stream()
                                                .map(View.Grouped::name)
                                                .toList()),
                        evidence.recount().arrivals().missedBy()),
                facts.common());
    }

    private static long rows(Map<Cause, Report.CauseCount> causes, Cause cause) {
        var count = causes.get(cause);
        return count == null ? 0 : count.rows();
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

    private static Map<String, Report.CauseCount> told(Map<Cause, Report.CauseCount> causes) {
        var told = new LinkedHashMap<String, Report.CauseCount>();
        causes.forEach((cause, count) -> told.put(cause.code(), count));
        return told;
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
