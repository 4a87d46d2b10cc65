package dev.tandem.engine.prepare;

import dev.tandem.fold.FoldPlan;
import dev.tandem.model.Dedup;
import dev.tandem.model.Pipeline;
import java.io.Serializable;
import java.util.List;

/**
 * Which column of a prepared row holds what, and how many of each there are: fixed columns, then the dedup key, the landing key, and for each
 * grouped view an array of structs of key columns and measure arguments, then the fields that row outputs want.
 */
public record PreparedLayout(
        int identity, Dedup.Nulls nulls, int landKey, List<Integer> viewKeys, List<Integer> viewArguments, int fields)
        implements Serializable {
    public static final int PARTITION = 0;
    public static final int POSITION = 1;
    public static final int ARRIVED = 2;
    public static final int RAW = 3;
    public static final int MICRO_BATCH = 4;
    public static final int LANDED_AS = 5;
    public static final int REASON = 6;
    public static final int DETAIL = 7;
    public static final int EXIT = 8;
    public static final int EVENT = 9;
    public static final int UNMATCHED = 10;
    private static final int FIXED = 11;

    public static PreparedLayout of(Pipeline pipeline, FoldPlan plan) {
        return new PreparedLayout(
                pipeline.dedup().map(it -> it.by().size()).orElse(0),
                pipeline.dedup().map(Dedup::nulls).orElse(Dedup.Nulls.DISTINCT),
                pipeline.source().landing().key().size(),
                plan.grouped().stream().map(it -> it.keys().size()).toList(),
                plan.arguments().stream().map(List::size).toList(),
                plan.fields().size());
    }

    public int firstIdentity() {
        return FIXED;
    }

    public int firstLandKey() {
        return firstIdentity() + identity;
    }

    public int firstView() {
        return firstLandKey() + landKey;
    }

    public int firstField() {
        return firstView() + viewKeys.size();
    }
}
