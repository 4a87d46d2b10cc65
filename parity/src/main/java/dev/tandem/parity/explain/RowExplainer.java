package dev.tandem.parity.explain;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.recount.PartLog.Share;
import dev.tandem.model.FieldType;
import dev.tandem.model.Measure;
import dev.tandem.model.View;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.Numbers;
import dev.tandem.parity.explain.Explanation.Bridge;
import dev.tandem.parity.explain.Explanation.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains a row. A function of the evidence, nothing else. */
public final class RowExplainer {
    private final RowEvidence evidence;
    private final Optional<List<@Nullable Object>> begin;
    private final List<Stages.Stage> stages;

    private RowExplainer(RowEvidence evidence) {
        this.evidence = evidence;
        this.begin = Stages.begin(evidence);
        this.stages = Stages.of(evidence);
    }

    public static Explanation of(RowEvidence evidence) {
        return new RowExplainer(evidence).explanation();
    }

    /** Where the records stand that {@link #of} shows. */
    public static List<Coordinates> shown(RowEvidence.Counted now, RowEvidence.Counted cut, RowKey row) {
        var shown = new ArrayList<>(CauseList.shown(now.shares(), row, Share::inStream));
        shown.addAll(CauseList.shown(cut.shares(), row, share -> share.why().isPresent()));
        return shown;
    }

    private Explanation explanation() {
        var row = evidence.row();
        var circumstances = evidence.circumstances();
        return new Explanation(
                evidence.pipeline().name(),
                evidence.pipeline().hash(),
                evidence.shape().name(),
                bound(row.window().start()),
                bound(row.window().end()),
                key(),
                circumstances.closed(),
                circumstances.stream(),
                circumstances.batch(),
                bridges(),
                new CauseList(evidence).causes());
    }

    private Optional<Instant> bound(Instant instant) {
        return evidence.row().window().equals(Span.ALL) ? Optional.empty() : Optional.of(instant);
    }

    private Map<String, String> key() {
        var named = new LinkedHashMap<String, String>();
        var values = evidence.row().key();
        for (int index = 0; index < values.size(); index++) {
            named.put(evidence.shape().keys().get(index).name(), Numbers.told(values.get(index)));
        }
        return named;
    }

    private List<Bridge> bridges() {
        var all = new ArrayList<Bridge>();
        for (int index = 0; index < evidence.shape().measures().size(); index++) {
            all.add(bridge(index));
        }
        var differing = all.stream().filter(it -> !it.agrees()).toList();
        return differing.isEmpty() ? all : differing;
    }

    private Bridge bridge(int index) {
        var first = Quantity.of(begin, index);
        var last = Quantity.of(stages.get(stages.size() - 1).row(), index);
        boolean numbers = isNumeric(index);
        var steps = new ArrayList<Step>();
        var explained = BigDecimal.ZERO;
        var before = first;
        for (var stage : stages) {
            var after = Quantity.of(stage.row(), index);
            var amount = after.orZero().subtract(before.orZero());
            if (stage.cause().isPresent()) {
                explained = explained.add(amount);
                if (stage.records() > 0 || !after.sameAs(before)) {
                    var told = numbers ? Optional.of(amount) : Optional.<BigDecimal>empty();
                    steps.add(new Step(stage.cause().get().code(), told, before.told(), after.told(), stage.records()));
                }
            }
            before = after;
        }
        var difference = last.orZero().subtract(first.orZero());
        return new Bridge(
                evidence.shape().measures().get(index).name(),
                isAdditive(index),
                first.told(),
                last.told(),
                numbers ? Optional.of(difference) : Optional.empty(),
                steps,
                numbers ? difference.subtract(explained) : BigDecimal.ZERO);
    }

    /** Whether every value on the way is a number, or none. */
    private boolean isNumeric(int index) {
        var type = evidence.shape().measures().get(index).type();
        return type.isNumber()
                && Quantity.of(begin, index).measurable()
                && stages.stream()
                        .allMatch(stage -> Quantity.of(stage.row(), index).measurable());
    }

    /** Counts and exact sums: what a record adds does not depend on the others, unless a condition hides the row. */
    private boolean isAdditive(int index) {
        var view = evidence.pipeline().view(evidence.shape().name()).flatMap(View::asGrouped);
        if (view.isEmpty() || view.get().having().isPresent()) {
            return false;
        }
        var grouped = view.get();
        return index < grouped.measures().size()
                && (grouped.measures().get(index).kind() == Measure.Kind.COUNT
                        || (grouped.measures().get(index).kind() == Measure.Kind.SUM
                                && !evidence.shape()
                                        .measures()
                                        .get(index)
                                        .type()
                                        .equals(FieldType.DOUBLE)));
    }
}
