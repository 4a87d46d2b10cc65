package dev.tandem.diff.attach;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.diff.attach.AttachAnswer.SideAnswer;
import dev.tandem.diff.attach.AttachAnswer.ViewAnswer;
import dev.tandem.diff.attach.RowAnswer.RecordLine;
import dev.tandem.diff.attach.RowAnswer.SideRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The answer for programs; values of rows are texts, delays are microseconds. */
public final class AttachJson {
    private AttachJson() {}

    /** Adds the answer to {@code document}. */
    public static void write(AttachAnswer answer, ObjectNode document) {
        document.put("pipeline", answer.pipeline())
                .put("verdict", answer.agrees() ? "agree" : "differ")
                .put("log", answer.log())
                .put("records", answer.records())
                .put("rejected", answer.rejected())
                .put("differences", answer.differences().toString());
        var views = document.putArray("views");
        answer.views().forEach(view -> view(views.addObject(), view));
    }

    private static void view(ObjectNode node, ViewAnswer view) {
        node.put("view", view.view()).put("rows", view.rows());
        view.stream().ifPresent(side -> side(node.putObject("stream"), side));
        view.batch().ifPresent(side -> side(node.putObject("batch"), side));
        var worst = node.putArray("worst");
        view.worst().forEach(row -> row(worst.addObject(), row));
    }

    private static void side(ObjectNode node, SideAnswer side) {
        var counts = side.counts();
        node.put("source", side.shown()).put("consistency", side.consistency());
        node.putObject("rows")
                .put("table", counts.rows())
                .put("equal", counts.equal())
                .put("changed", counts.changed())
                .put("missing", counts.absent())
                .put("extra", counts.extra());
        var missing = node.putArray("missing_columns");
        side.missing().forEach(missing::add);
        side.inference().ifPresent(inference -> inference(node.putObject("inferred"), inference));
        var places = node.putArray("places");
        side.places()
                .forEach(place -> places.addObject()
                        .put("column", place.column())
                        .put("value", place.value())
                        .put("differing", place.differing()));
    }

    private static void inference(ObjectNode node, Inference inference) {
        var words = new InferenceWords(inference);
        node.put("told", words.behaviour())
                .put("reproduced", inference.reproduced())
                .put("of", inference.rows())
                .put("behaviours_tried", inference.tried())
                .put("rows_left_out", inference.leftOut())
                .put("window_shift", inference.shiftMicros());
        behaviour(node, inference.behaviour());
        if (inference.hasDelay()) {
            node.put("delay", inference.delayMicros());
        }
        delays(node.putArray("delays"), inference.delays());
        var alternatives = node.putArray("also_fits");
        words.alternatives().forEach(alternatives::add);
        var ties = node.putArray("ties");
        inference.ties().forEach(tie -> {
            var other = ties.addObject();
            behaviour(other, tie.behaviour());
            delays(other.putArray("delays"), tie.delays());
        });
    }

    private static void behaviour(ObjectNode node, Behaviour behaviour) {
        var clock = behaviour.clock();
        node.put("late_records", word(behaviour.lateness()))
                .put("watermark_over", word(clock.reach()))
                .put("watermark_moves", clock.pace().words())
                .put("micro_batches_behind", clock.lag())
                .put("duplicates", word(behaviour.duplicates().kind()))
                .put("rows_written", word(behaviour.emission()));
        if (behaviour.duplicates().horizonMicros() > 0) {
            node.put("duplicates_horizon", behaviour.duplicates().horizonMicros());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void delays(ArrayNode node, List<DelaySpan> delays) {
        for (var span : delays) {
            var one = node.addObject().put("above", span.after());
            if (span.until() != Long.MAX_VALUE) {
                one.put("up_to", span.until());
            }
        }
    }

    private static void row(ObjectNode node, RowAnswer row) {
        row.start().ifPresent(it -> node.put("window_start", it.toString()));
        row.end().ifPresent(it -> node.put("window_end", it.toString()));
        texts(node.putObject("key"), row.key());
        row.stream().ifPresent(side -> side(node.putObject("stream"), side));
        row.batch().ifPresent(side -> side(node.putObject("batch"), side));
    }

    private static void side(ObjectNode node, SideRow side) {
        var measures = node.putArray("measures");
        for (var bridge : side.measures()) {
            var measure = measures.addObject().put("measure", bridge.measure());
            bridge.stored().ifPresent(it -> measure.put("stored", it));
            bridge.log().ifPresent(it -> measure.put("log", it));
            var steps = measure.putArray("steps");
            for (var step : bridge.steps()) {
                var one = steps.addObject().put("cause", step.cause().code()).put("records", step.records());
                step.amount().ifPresent(it -> one.put("amount", it.toPlainString()));
                step.from().ifPresent(it -> one.put("from", it));
                step.to().ifPresent(it -> one.put("to", it));
            }
        }
        var causes = node.putArray("causes");
        for (var cause : side.causes()) {
            var one = causes.addObject()
                    .put("cause", cause.cause().code())
                    .put("meaning", cause.cause().meaning())
                    .put("records", cause.records());
            var first = one.putArray("first");
            cause.first().forEach(record -> record(first.addObject(), record));
        }
    }

    private static void record(ObjectNode node, RecordLine record) {
        node.put("partition", record.at().partition())
                .put("position", record.at().position())
                .put("event", record.event().toString())
                .put("counted", record.counted());
        record.place().ifPresent(it -> node.put("place", it));
        record.arrived().ifPresent(it -> node.put("arrived", it.toString()));
        record.watermark().ifPresent(it -> node.put("watermark", it.toString()));
        record.copyOf().ifPresent(it -> node.put("copy_of", it));
        texts(node.putObject("counts"), record.arguments());
    }

    private static void texts(ObjectNode node, Map<String, String> texts) {
        texts.forEach(node::put);
    }
}
