package dev.tandem.diff.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.diff.table.Column;
import dev.tandem.diff.table.Result;
import dev.tandem.diff.table.Result.ColumnFacts;
import dev.tandem.diff.table.Result.Row;
import dev.tandem.diff.table.Result.SideFacts;
import java.util.List;

/** The answer for programs; values of rows are texts. */
public final class DiffJson {
    private DiffJson() {}

    /** Adds the answer to {@code document}. */
    public static void write(Answer answer, ObjectNode document) {
        var result = answer.result();
        document.put("name", result.name())
                .put("verdict", answer.verdict().word())
                .put("sentence", answer.sentence());
        side(document.putObject("left"), result.left());
        side(document.putObject("right"), result.right());
        columns(document, result);
        counts(document.putObject("rows"), result.counts());
        var values = document.putArray("columns");
        result.values().forEach(facts -> column(values.addObject(), facts));
        slices(document.putArray("slices"), result);
        var samples = document.putObject("samples");
        rows(samples.putArray("changed"), result, result.samples().changed());
        rows(samples.putArray("only_left"), result, result.samples().onlyLeft());
        rows(samples.putArray("only_right"), result, result.samples().onlyRight());
        explanation(document.putObject("explanation"), answer);
        answer.again()
                .ifPresent(again -> document.putObject("again")
                        .put("after_seconds", again.after().toSeconds())
                        .put("stable", again.stable())
                        .put("settled", again.settled())
                        .put("moving", again.moving()));
    }

    static ObjectNode document(Answer answer) {
        var document =
                JsonNodeFactory.instance.objectNode().put("schema_version", 1).put("verb", "diff");
        write(answer, document);
        return document;
    }

    private static void side(ObjectNode node, SideFacts side) {
        node.put("source", side.shown())
                .put("rows", side.rows())
                .put("read_from", side.from().toString())
                .put("read_until", side.until().toString())
                .put("consistency", side.consistency())
                .put("duplicate_rows", side.copies())
                .put("null_keys", side.nullKeys());
    }

    private static void columns(ObjectNode document, Result result) {
        var key = document.putArray("key");
        result.columns().keys().stream().map(Column::name).forEach(key::add);
        texts(document.putArray("only_in_left"), result.columns().onlyLeft());
        texts(document.putArray("only_in_right"), result.columns().onlyRight());
        texts(document.putArray("notes"), result.columns().notes());
    }

    private static void texts(ArrayNode node, List<String> texts) {
        texts.forEach(node::add);
    }

    private static void counts(ObjectNode node, Result.Counts counts) {
        node.put("both", counts.both())
                .put("equal", counts.equal())
                .put("within_tolerance", counts.tolerated())
                .put("changed", counts.changed())
                .put("only_left", counts.onlyLeft())
                .put("only_right", counts.onlyRight())
                .put("differing", counts.differing());
    }

    private static void column(ObjectNode node, ColumnFacts facts) {
        var column = facts.column();
        node.put("name", column.name())
                .put("left_type", column.left().type())
                .put("right_type", column.right().type())
                .put("compared_as", column.type().sql());
        column.tolerance().ifPresent(tolerance -> node.put("tolerance", tolerance.shown()));
        node.put("differing", facts.differing()).put("within_tolerance", facts.tolerated());
        facts.leftSum().ifPresent(sum -> node.put("left_sum", sum));
        facts.rightSum().ifPresent(sum -> node.put("right_sum", sum));
        facts.spread()
                .ifPresent(spread -> node.putObject("right_minus_left")
                        .put("least", spread.least())
                        .put("median", spread.median())
                        .put("most", spread.most()));
        var usual = node.putArray("most_frequent");
        facts.usual()
                .forEach(it ->
                        usual.addObject().put("difference", it.difference()).put("rows", it.rows()));
    }

    private static void slices(ArrayNode node, Result result) {
        result.slices().forEach(slices -> {
            var one = node.addObject().put("column", slices.column()).put("by", slices.by());
            var parts = one.putArray("slices");
            slices.slices()
                    .forEach(slice -> parts.addObject()
                            .put("slice", slice.label())
                            .put("rows", slice.rows())
                            .put("changed", slice.changed())
                            .put("only_left", slice.onlyLeft())
                            .put("only_right", slice.onlyRight()));
        });
    }

    private static void rows(ArrayNode node, Result result, List<Row> rows) {
        for (var row : rows) {
            var one = node.addObject();
            var key = one.putObject("key");
            for (int index = 0; index < row.key().size(); index++) {
                key.put(
                        result.columns().keys().get(index).name(),
                        row.key().get(index).orElse(null));
            }
            var cells = one.putObject("values");
            row.cells()
                    .forEach(cell -> cells.putObject(cell.column())
                            .put("left", cell.left().orElse(null))
                            .put("right", cell.right().orElse(null)));
        }
    }

    private static void explanation(ObjectNode node, Answer answer) {
        var explanation = answer.explanation();
        node.put("sentence", explanation.sentence()).put("remaining", explanation.remaining());
        var steps = node.putArray("steps");
        explanation
                .steps()
                .forEach(step -> steps.addObject()
                        .put("pattern", step.pattern().word())
                        .put("change", step.change())
                        .put("remaining", step.remaining()));
    }
}
