package dev.tandem.parity;

import dev.tandem.fold.Shape;
import dev.tandem.model.Measure;
import dev.tandem.model.Pipeline;
import dev.tandem.model.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a comparison remembers of the rows of one view: sums, counts and lines. Tallies over several parts of the rows add up. */
final class ViewTally {
    private final Shape shape;
    private final List<MeasureTally> measures = new ArrayList<>();
    private final Map<Cause, Long> causeRows = new EnumMap<>(Cause.class);
    private final WindowLines lines;
    private long compared;
    private long agreeing;
    private long open;
    private boolean beyondTolerance;

    ViewTally(Pipeline pipeline, Shape shape) {
        this.shape = shape;
        this.lines = new WindowLines(shape, additive(pipeline, shape.name()));
        shape.measures().forEach(column -> measures.add(new MeasureTally()));
    }

    /** The measures of {@code view}, or of the view that it ranks, that may be summed. */
    private static Set<String> additive(Pipeline pipeline, String view) {
        return pipeline.view(view)
                .flatMap(it ->
                        it.fold(Optional::of, top -> pipeline.view(top.from()).flatMap(View::asGrouped)))
                .map(grouped -> grouped.measures().stream()
                        .filter(measure -> measure.kind().isAdditive())
                        .map(Measure::name)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /** A row that is not compared yet. */
    void open(Cause cause) {
        open++;
        causeRows.merge(cause, 1L, Long::sum);
    }

    /** A row that was compared; without causes it agrees. */
    void compared(Collection<Cause> causes) {
        compared++;
        agreeing += causes.isEmpty() ? 1 : 0;
        causes.forEach(cause -> causeRows.merge(cause, 1L, Long::sum));
    }

    /** A measure that both modes have stored alike. */
    void same(int measure, BigDecimal batch) {
        measures.get(measure).same(batch);
    }

    /** A measure that differs. */
    void differs(int measure, BigDecimal stream, BigDecimal batch) {
        measures.get(measure).differs(stream, batch);
    }

    /** A difference is larger than the definition allows. */
    void beyondTolerance() {
        beyondTolerance = true;
    }

    void add(ViewTally other) {
        for (int measure = 0; measure < measures.size(); measure++) {
            measures.get(measure).add(other.measures.get(measure));
        }
        other.causeRows.forEach((cause, rows) -> causeRows.merge(cause, rows, Long::sum));
        lines.add(other.lines);
        compared += other.compared;
        agreeing += other.agreeing;
        open += other.open;
        beyondTolerance |= other.beyondTolerance;
    }

    Shape shape() {
        return shape;
    }

    WindowLines lines() {
        return lines;
    }

    Map<Cause, Long> causeRows() {
        return causeRows;
    }

    boolean isBeyondTolerance() {
        return beyondTolerance;
    }

    /** The largest weighted mean difference among the view's measures, in percent. */
    BigDecimal worstMean() {
        return measures.stream().map(MeasureTally::mean).reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    Report.ViewCount count() {
        var counts = new LinkedHashMap<String, Report.MeasureCount>();
        for (int measure = 0; measure < measures.size(); measure++) {
            counts.put(
                    shape.measures().get(measure).name(), measures.get(measure).count());
        }
        return new Report.ViewCount(compared, agreeing, compared - agreeing, open, counts);
    }
}
