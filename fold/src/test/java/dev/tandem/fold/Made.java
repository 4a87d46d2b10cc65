package dev.tandem.fold;

import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.fold.Prepared.Rejection;
import dev.tandem.fold.Shape.Argument;
import dev.tandem.model.Dedup;
import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import dev.tandem.model.Measure.Kind;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import dev.tandem.model.Window.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans and records made by hand. Each view counts messages by tag; above each stands the list of its three most liked tags. */
public final class Made {
    static final long SECOND = 1_000_000L;
    static final long MINUTE = 60 * SECOND;
    static final long NOON = Instants.micros(Instant.parse("2026-01-31T12:00:00Z"));
    static final long FOREVER = Long.MAX_VALUE;
    static final Window TUMBLING = new Window.Tumbling(Duration.ofMinutes(5));
    static final Window SLIDING = new Window.Sliding(Duration.ofMinutes(6), Duration.ofMinutes(2));
    static final Window HOURS = new Window.Calendar(ChronoUnit.HOURS, ZoneId.of("Asia/Kolkata"));
    static final Window GLOBAL = new Window.Global();

    private static final List<Argument> ARGUMENTS = List.of(
            new Argument("messages", Kind.COUNT, FieldType.LONG),
            new Argument("likes", Kind.SUM, new FieldType.Whole(32)),
            new Argument("mean", Kind.AVG, new FieldType.Whole(32)),
            new Argument("takings", Kind.SUM, new FieldType.Decimal(12, 2)),
            new Argument("ids", Kind.DISTINCT, FieldType.TEXT),
            new Argument("least", Kind.MIN, new FieldType.Whole(32)),
            new Argument("most", Kind.MAX, new FieldType.Whole(32)));

    private Made() {}

    /** A plan with a view for each window: {@code view0} and {@code best0}, {@code view1} and {@code best1} and so on. */
    static FoldPlan plan(long delay, long horizon, Window... windows) {
        return plan(Dedup.Keep.FIRST, delay, horizon, windows);
    }

    /** Sessions have no list above them. */
    static FoldPlan plan(Dedup.Keep keep, long delay, long horizon, Window... windows) {
        var shapes = new ArrayList<Shape>();
        var tops = new ArrayList<Shape.Ranked>();
        for (var window : windows) {
            var keys = List.of(new Shape.Column("tag", FieldType.TEXT));
            var measures = ARGUMENTS.stream()
                    .map(it -> new Shape.Column(it.name(), it.resultType()))
                    .toList();
            var shape = new Shape("view" + shapes.size(), window, keys, measures);
            var top = new View.Top("best" + shapes.size(), shape.name(), 3, List.of(new View.Order("likes", true)));
            shapes.add(shape);
            if (!(window instanceof Window.Session)) {
                tops.add(Shape.ofTop(top, shape));
            }
        }
        return new FoldPlan(
                shapes,
                shapes.stream().map(it -> ARGUMENTS).toList(),
                shapes.stream().map(it -> Optional.<Derivation>empty()).toList(),
                tops,
                List.of(),
                Set.of(),
                Stream.of(windows).filter(Window.Session.class::isInstance).count() > 1,
                keep,
                delay,
                horizon);
    }

    /** What a message says; it becomes records for a plan. */
    record Message(String id, long at, List<@Nullable String> tags, int likes, boolean kept, boolean sound) {
        static Message of(String id, double minutes, @Nullable String tag) {
            return new Message(id, NOON + Math.round(minutes * MINUTE), Arrays.asList(tag), 1, true, true);
        }

        Message liked(int count) {
            return new Message(id, at, tags, count, kept, sound);
        }

        Message later(long micros) {
            return new Message(id, at + micros, tags, likes, kept, sound);
        }

        Message leftOut() {
            return new Message(id, at, tags, likes, false, sound);
        }

        Message broken() {
            return new Message(id, at, tags, likes, kept, false);
        }

        /** The record at {@code position}; every second view leaves out messages without likes. */
        Prepared at(long position, FoldPlan plan) {
            var contributions = new ArrayList<Contribution>();
            for (int view = 0; view < plan.grouped().size(); view++) {
                for (var tag : tags) {
                    if (view % 2 == 0 || likes > 0) {
                        contributions.add(new Contribution(view, Arrays.asList(tag), arguments()));
                    }
                }
            }
            return new Prepared(
                    new Coordinates((int) (position % 2), position),
                    0,
                    new Raw(new byte[0]),
                    sound ? Optional.empty() : Optional.of(new Rejection("broken", "as told")),
                    kept ? Optional.empty() : Optional.of(Prepared.Exit.FILTERED),
                    sound ? at : 0,
                    Optional.of(Identity.of(List.of(id))),
                    List.of(id),
                    sound && kept ? contributions : List.of(),
                    List.of(),
                    List.of());
        }

        private List<@Nullable Object> arguments() {
            long count = likes;
            return Arrays.asList(1L, count, likes == 0 ? null : count, BigDecimal.valueOf(likes, 2), id, count, count);
        }
    }

    static List<Prepared> records(FoldPlan plan, Message... messages) {
        var records = new ArrayList<Prepared>();
        for (var message : messages) {
            records.add(message.at(records.size(), plan));
        }
        return records;
    }

    static Span span(double fromMinutes, double untilMinutes) {
        return new Span(
                Instants.ofMicros(NOON + Math.round(fromMinutes * MINUTE)),
                Instants.ofMicros(NOON + Math.round(untilMinutes * MINUTE)));
    }
}
