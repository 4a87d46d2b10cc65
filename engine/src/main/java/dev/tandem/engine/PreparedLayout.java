package dev.tandem.engine;

import dev.tandem.fold.FoldPlan;
import dev.tandem.model.Dedup;
import dev.tandem.model.Pipeline;
import java.io.Serializable;
import java.util.List;

/**
 * Which column of a prepared row holds what, and how many of each there are: fixed columns, then the dedup key, the landing key, and for each
 * grouped view an array of structs of key columns and measure arguments, then the fields that row outputs want.
 */
record PreparedLayout(
        int identity, Dedup.Nulls nulls, int landKey, List<Integer> viewKeys, List<Integer> viewArguments, int fields)
        implements Serializable {
    static final int PARTITION = 0;
    static final int POSITION = 1;
    static final int ARRIVED = 2;
    static final int RAW = 3;
    static final int MICRO_BATCH = 4;
    static final int LANDED_AS = 5;
    static final int REASON = 6;
    static final int DETAIL = 7;
    static final int EXIT = 8;
    static final int EVENT = 9;
    static final int UNMATCHED = 10;

    static PreparedLayout of(Pipeline pipeline, FoldPlan plan) {
        return new PreparedLayout(
                pipeline.dedup().map(it -> it.by().size()).orElse(0),
                pipeline.dedup().map(Dedup::nulls).orElse(Dedup.Nulls.DISTINCT),
                pipeline.source().landing().key().size(),
                plan.grouped().stream().map(it -> it.keys().size()).toList(),
                plan.arguments().stream().map(List::size).toList(),
                plan.fields().size());
    }

    int firstIdentity() {
        return Compiled.COLUMNS.size();
    }

    int firstLandKey() {
        return firstIdentity() + identity;
    }

    int firstView() {
        return firstLandKey() + landKey;
    }

    int firstField() {
        return firstView() + viewKeys.size();
    }
}
