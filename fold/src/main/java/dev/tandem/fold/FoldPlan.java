package dev.tandem.fold;

import dev.tandem.model.Dedup;
import dev.tandem.model.Instants;
import dev.tandem.model.Pipeline;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a pipeline as the fold needs it, with types that the engine has inferred. Small and serializable: it is sent
 * to the tasks.
 *
 * @param derivations what each grouped view computes after its measures
 * @param fields the columns of a record after all steps; empty where no output wants them
 * @param closedOnly the views whose rows are written when their window has closed, and not before
 * @param sessionsTogether whether a record may be in several sessions, so that all sessions must be counted in one place
 * @param keep which copy of a record counts
 * @param delayMicros how far the watermark stays behind the highest event time
 * @param horizonMicros how long the stream remembers a dedup key beyond the watermark; {@link Long#MAX_VALUE} for ever, 0 without
 * dedup
 */
public record FoldPlan(
        List<Shape> grouped,
        List<List<Shape.Argument>> arguments,
        List<Optional<Derivation>> derivations,
        List<Shape.Ranked> tops,
        List<Shape.Column> fields,
        Set<String> closedOnly,
        boolean sessionsTogether,
        Dedup.Keep keep,
        long delayMicros,
        long horizonMicros)
        implements Serializable {
    private static final long SECOND = 1_000_000L;

    public FoldPlan {
        for (var top : tops) {
            if (top.shape().window().isSession()) {
                throw new IllegalArgumentException(
                        "Cannot rank the rows of '%s' in '%s': sessions are each key's own, so there is nothing to rank in one of them; rank a view with another window"
                                .formatted(top.view().from(), top.view().name()));
            }
        }
        if (keep == Dedup.Keep.LAST) {
            for (int view = 0; view < grouped.size(); view++) {
                requireRetractable(grouped.get(view).name(), arguments.get(view));
            }
        }
    }

    private static void requireRetractable(String view, List<Shape.Argument> arguments) {
        for (var argument : arguments) {
            if (!argument.kind().isRetractable()) {
                throw new IllegalArgumentException(
                        "Cannot keep the last copy of a record: '%s' of view '%s' counts approximately, and a sketch cannot give back what it took in; use distinct, or keep the first"
                                .formatted(argument.name(), view));
            }
        }
    }

    /** {@code grouped} and {@code arguments} are in the order of {@link Pipeline#grouped()}. */
    public static FoldPlan of(
            Pipeline pipeline,
            List<Shape> grouped,
            List<List<Shape.Argument>> arguments,
            List<Optional<Derivation>> derivations,
            List<View.Top> ranking,
            List<Shape.Column> fields) {
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
                List.copyOf(derivations),
                List.copyOf(tops),
                List.copyOf(fields),
                pipeline.stream().closedOnly(),
                sessionsTogether(pipeline),
                pipeline.dedup().map(Dedup::keep).orElse(Dedup.Keep.FIRST),
                pipeline.watermark().delay().toNanos() / 1_000,
                pipeline.dedup().map(FoldPlan::horizon).orElse(0L));
    }

    /** The same for a batch: every key is remembered for ever, and every row is written. */
    public FoldPlan forBatch() {
        return new FoldPlan(
                grouped,
                arguments,
                derivations,
                tops,
                fields,
                Set.of(),
                sessionsTogether,
                Dedup.Keep.FIRST,
                delayMicros,
                horizonMicros == 0 ? 0 : Long.MAX_VALUE);
    }

    /** The same for a stream whose watermark stays so far behind the highest event time. */
    public FoldPlan withDelay(Duration delay) {
        return new FoldPlan(
                grouped,
                arguments,
                derivations,
                tops,
                fields,
                closedOnly,
                sessionsTogether,
                keep,
                delay.toNanos() / 1_000,
                horizonMicros);
    }

    private static boolean sessionsTogether(Pipeline pipeline) {
        var sessions = pipeline.grouped().stream()
                .filter(view -> view.window().isSession())
                .toList();
        return sessions.size() > 1
                || sessions.stream().anyMatch(view -> view.explode().isPresent());
    }

    private static long horizon(Dedup dedup) {
        return dedup.within().equals(Dedup.FOREVER)
                ? Long.MAX_VALUE
                : dedup.within().toNanos() / 1_000;
    }

    /** How many rows a record can be in, as long as it gives one to each view. */
    public int windowsOfARecord() {
        return grouped.stream()
                .mapToInt(it -> it.window().spansOf(Instant.EPOCH).size())
                .sum();
    }

    /** All values of a row with these measures, derived ones too; empty if the view's {@code having} leaves it out. */
    public Optional<List<@Nullable Object>> values(
            int view, Span window, List<@Nullable Object> key, List<@Nullable Object> measures) {
        var derivation = derivations.get(view);
        return derivation.isEmpty() ? Optional.of(measures) : derivation.get().of(window, key, measures);
    }

    /** The gap of the view's sessions in microseconds; 0 where its windows do not move. */
    public long gapMicros(int view) {
        return window(view).asSession().map(it -> it.gap().toNanos() / 1_000).orElse(0L);
    }

    public boolean hasSessions() {
        return grouped.stream().anyMatch(it -> it.window().isSession());
    }

    /** Whether rows of the view are written when their window has closed, and not before. */
    public boolean closedOnly(String view) {
        return closedOnly.contains(view);
    }

    /** The same for a view that ranks another: it waits if either does. */
    public boolean closedOnly(Shape.Ranked top) {
        return closedOnly(top.view().name()) || closedOnly(top.view().from());
    }

    /**
     * The end of the last window that {@code record} contributes to, sessions aside; {@link Long#MIN_VALUE} if none of them ever
     * ends.
     */
    public long lastEnd(RetractableRecord record) {
        long last = Long.MIN_VALUE;
        for (var contribution : record.contributions()) {
            var shape = grouped.get(contribution.view());
            if (shape.windowed() && gapMicros(contribution.view()) == 0) {
                for (var window : shape.window().spansOf(Instants.ofMicros(record.eventMicros()))) {
                    last = Math.max(last, Watermarks.endMicros(window));
                }
            }
        }
        return last;
    }

    /**
     * How far behind the closing watermark a record can be and still matter to the stream: in an open window, or as a remembered
     * key. {@link Long#MAX_VALUE} with a global view, with sessions, and where the latest version of a record counts: that one
     * may have any event time.
     */
    public long reachMicros() {
        if (keep == Dedup.Keep.LAST && horizonMicros > 0) {
            return Long.MAX_VALUE;
        }
        long reach = horizonMicros == Long.MAX_VALUE ? horizonMicros : horizonMicros + 2 * SECOND;
        for (var shape : grouped) {
            reach = Math.max(reach, shape.window().longestMicros());
        }
        return reach;
    }

    public Window window(int view) {
        return grouped.get(view).window();
    }

    /** The top-N views over the grouped view number {@code view}. */
    public List<Shape.Ranked> topsOf(int view) {
        return tops.stream()
                .filter(it -> it.view().from().equals(grouped.get(view).name()))
                .toList();
    }

    /** The number of a grouped view; -1 if there is none of that name. */
    public int number(String view) {
        for (int number = 0; number < grouped.size(); number++) {
            if (grouped.get(number).name().equals(view)) {
                return number;
            }
        }
        return -1;
    }

    /** The number of the grouped view that {@code top} ranks. */
    public int viewOf(Shape.Ranked top) {
        int number = number(top.view().from());
        if (number < 0) {
            throw new IllegalArgumentException(
                    "No view '%s' to rank".formatted(top.view().from()));
        }
        return number;
    }

    /** Every view's shape, grouped ones first. */
    public List<Shape> shapes() {
        var all = new ArrayList<>(grouped);
        tops.forEach(it -> all.add(it.shape()));
        return all;
    }

    /** What travels: an {@link Optional} cannot. */
    private record Sent(
            List<Shape> grouped,
            List<List<Shape.Argument>> arguments,
            List<@Nullable Derivation> derivations,
            List<Shape.Ranked> tops,
            List<Shape.Column> fields,
            Set<String> closedOnly,
            boolean sessionsTogether,
            Dedup.Keep keep,
            long delayMicros,
            long horizonMicros)
            implements Serializable {
        private Object readResolve() {
            return new FoldPlan(
                    grouped,
                    arguments,
                    derivations.stream().map(Optional::<Derivation>ofNullable).toList(),
                    tops,
                    fields,
                    closedOnly,
                    sessionsTogether,
                    keep,
                    delayMicros,
                    horizonMicros);
        }
    }

    private Object writeReplace() {
        var sent = new ArrayList<@Nullable Derivation>();
        derivations.forEach(it -> sent.add(it.orElse(null)));
        return new Sent(
                grouped, arguments, sent, tops, fields, closedOnly, sessionsTogether, keep, delayMicros, horizonMicros);
    }
}
