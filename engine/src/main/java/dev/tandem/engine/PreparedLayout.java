package dev.tandem.engine;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Pipeline;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which column of a prepared row holds what, and of which type: fixed columns, then the dedup key, the landing key, and for each
 * grouped view an array of structs of key columns and measure arguments.
 */
record PreparedLayout(
        List<FieldType> identity,
        List<FieldType> landKey,
        List<List<FieldType>> viewKeys,
        List<List<FieldType>> viewArguments)
        implements Serializable {
    static final int PARTITION = 0;
    static final int POSITION = 1;
    static final int ARRIVED = 2;
    static final int RAW = 3;
    static final int MICRO_BATCH = 4;
    static final int LANDED_AS = 5;
    static final int REASON = 6;
    static final int DETAIL = 7;
    static final int FILTERED = 8;
    static final int EVENT = 9;

    static PreparedLayout of(Pipeline pipeline, FoldPlan plan) {
        var keys = new ArrayList<List<FieldType>>();
        var arguments = new ArrayList<List<FieldType>>();
        for (int view = 0; view < plan.grouped().size(); view++) {
            keys.add(plan.grouped().get(view).keys().stream()
                    .map(Shape.Column::type)
                    .toList());
            arguments.add(plan.arguments().get(view).stream()
                    .map(Shape.Argument::type)
                    .toList());
        }
        return new PreparedLayout(
                fieldTypes(pipeline, pipeline.dedup().map(it -> it.by()).orElse(List.of())),
                fieldTypes(pipeline, pipeline.source().landing().key()),
                List.copyOf(keys),
                List.copyOf(arguments));
    }

    private static List<FieldType> fieldTypes(Pipeline pipeline, List<String> names) {
        return names.stream()
                .map(name -> pipeline.schema().named(name).orElseThrow().type())
                .toList();
    }

    int firstIdentity() {
        return Compiled.COLUMNS.size();
    }

    int firstLandKey() {
        return firstIdentity() + identity.size();
    }

    int firstView() {
        return firstLandKey() + landKey.size();
    }
}
