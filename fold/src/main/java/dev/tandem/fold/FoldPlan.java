package dev.tandem.fold;

import dev.tandem.model.Instants;
import dev.tandem.model.Pipeline;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the fold needs to know of a pipeline, with the types that only the engine could tell. Small and serializable: it travels
 * to whoever computes.
 *
 * @param delayMicros how far the watermark stays behind the highest event time
 * @param horizonMicros how long the stream remembers a dedup key beyond the watermark; {@link Long#MAX_VALUE} without dedup
 */
public record FoldPlan(
        List<Shape> grouped,
        List<List<Shape.Argument>> arguments,
        List<Shape.Ranked> tops,
        long delayMicros,
        long horizonMicros)
        implements Serializable {
    private static final long SECOND = 1_000_000L;

    /** {@code grouped} and {@code arguments} are in the order of {@link Pipeline#grouped()}. */
    public static FoldPlan of(
            Pipeline pipeline, List<Shape> grouped, List<List<Shape.Argument>> arguments, List<View.Top> ranking) {
        var tops = new ArrayList<Shape.Ranked>();
        for (var top : ranking) {
            var ranked = grouped.stream()
                    .filter(it -> it.name().equals(top.from()))
                    .findFirst()
                    .orElseThrow();
            tops.add(Shape.ofTop(top, ranked));
        }
        return new FoldPlan(
                List.copyOf(grouped),
                List.copyOf(arguments),
                List.copyOf(tops),
                pipeline.watermark().delay().toNanos() / 1_000,
                pipeline.dedup().map(it -> it.within().toNanos() / 1_000).orElse(Long.MAX_VALUE));
    }

    List<Groups> emptyGroups() {
        return arguments.stream().map(Groups::new).toList();
    }

    /** The end of the last window that {@code record} contributes to; {@link Long#MIN_VALUE} if none of them ever ends. */
    long lastEnd(Prepared record) {
        long last = Long.MIN_VALUE;
        for (var contribution : record.contributions()) {
            var shape = grouped.get(contribution.view());
            if (shape.windowed()) {
                for (var window : shape.window().spansOf(Instants.ofMicros(record.eventMicros()))) {
                    last = Math.max(last, Watermarks.endMicros(window));
                }
            }
        }
        return last;
    }

    /**
     * How far before the closing watermark a record can lie that still matters to the stream: in an open window, or as a key to
     * be remembered. {@link Long#MAX_VALUE} where a view is never cut.
     */
    public long reachMicros() {
        long reach = horizonMicros == Long.MAX_VALUE ? 0 : horizonMicros + 2 * SECOND;
        for (var shape : grouped) {
            reach = Math.max(reach, shape.window().longestMicros());
        }
        return reach;
    }

    Window window(int view) {
        return grouped.get(view).window();
    }

    /** The top-N views over the grouped view number {@code view}. */
    List<Shape.Ranked> topsOf(int view) {
        return tops.stream()
                .filter(it -> it.view().from().equals(grouped.get(view).name()))
                .toList();
    }

    /** Every view's shape, grouped ones first. */
    public List<Shape> shapes() {
        var all = new ArrayList<>(grouped);
        tops.forEach(it -> all.add(it.shape()));
        return all;
    }
}
