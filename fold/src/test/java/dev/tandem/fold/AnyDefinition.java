package dev.tandem.fold;

import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.Prepared.Exit;
import dev.tandem.fold.Shape.Argument;
import dev.tandem.model.Dedup.Keep;
import dev.tandem.model.FieldType;
import dev.tandem.model.Measure.Kind;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import dev.tandem.model.Window.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A definition with whatever a language of pipelines has, drawn from a seed, and a log for it: windows of every kind, every
 * measure, derived columns and {@code having}, top lists, views that wait for their windows, dedup by first or last copy, steps
 * that lead records out before and after it. A failing case is told as "seed 7".
 *
 * @param lateness by how much one record in six comes later than the delay allows, and copies have times of their own; 0 for none
 */
record AnyDefinition(long seed, long lateness) {
    static final long DELAY = 2 * Made.MINUTE;
    private static final List<Window> WINDOWS = List.of(
            Made.TUMBLING,
            Made.SLIDING,
            Made.HOURS,
            Made.GLOBAL,
            new Window.Session(Duration.ofMinutes(1)),
            new Window.Session(Duration.ofMinutes(3)));
    private static final List<Argument> ARGUMENTS = List.of(
            new Argument("messages", Kind.COUNT, FieldType.LONG),
            new Argument("likes", Kind.SUM, new FieldType.Whole(32)),
            new Argument("mean", Kind.AVG, new FieldType.Decimal(12, 2)),
            new Argument("weight", Kind.SUM, FieldType.DOUBLE),
            new Argument("least", Kind.MIN, new FieldType.Whole(32)),
            new Argument("most", Kind.MAX, new FieldType.Whole(32)),
            new Argument("kinds", Kind.DISTINCT, FieldType.TEXT),
            new Argument("first", Kind.FIRST, FieldType.TEXT),
            new Argument("last", Kind.LAST, FieldType.TEXT),
            new Argument("some", Kind.ANY_VALUE, FieldType.TEXT),
            new Argument("few", Kind.COLLECT_DISTINCT, FieldType.TEXT, 2),
            new Argument("nearly", Kind.APPROX_PERCENTILE, new FieldType.Whole(32), 0.9));
    private static final List<@Nullable String> TAGS = Arrays.asList("java", "spark", "", null);

    /** Adds a column and leaves out rows by a condition that more records make true and false again. */
    private record Doubled(int divisor) implements Derivation {
        @Override
        public Optional<List<@Nullable Object>> of(
                Span window, List<@Nullable Object> key, List<@Nullable Object> measures) {
            if (!(measures.get(1) instanceof Long likes) || likes % divisor == 1) {
                return Optional.empty();
            }
            var values = new ArrayList<>(measures);
            values.add(likes * 2);
            return Optional.of(values);
        }
    }

    FoldPlan plan() {
        var random = new SplittableRandom(seed);
        var keep = random.nextBoolean() ? Keep.FIRST : Keep.LAST;
        var arguments = new ArrayList<>(ARGUMENTS);
        if (keep == Keep.FIRST) {
            arguments.add(new Argument("about", Kind.APPROX_DISTINCT, FieldType.TEXT));
        }
        var shapes = new ArrayList<Shape>();
        var derivations = new ArrayList<Optional<Derivation>>();
        var tops = new ArrayList<Shape.Ranked>();
        var closedOnly = new HashSet<String>();
        for (int view = 0; view < 3; view++) {
            boolean derived = random.nextBoolean();
            var shape = shape("view" + view, WINDOWS.get(random.nextInt(WINDOWS.size())), arguments, derived);
            var order = new View.Order(derived ? "twice" : "likes", random.nextBoolean());
            var top = new View.Top("best" + view, shape.name(), 2, List.of(order));
            shapes.add(shape);
            derivations.add(derived ? Optional.of(new Doubled(random.nextInt(2, 5))) : Optional.empty());
            if (!(shape.window() instanceof Window.Session)) {
                tops.add(Shape.ofTop(top, shape));
            }
            if (random.nextInt(4) == 0) {
                closedOnly.add((random.nextBoolean() ? "view" : "best") + view);
            }
        }
        long horizon = List.of(Made.MINUTE, 5 * Made.MINUTE, Made.FOREVER).get(random.nextInt(3));
        return new FoldPlan(
                shapes,
                shapes.stream().map(it -> List.copyOf(arguments)).toList(),
                derivations,
                tops,
                List.of(),
                Set.copyOf(closedOnly),
                true,
                keep,
                DELAY,
                horizon);
    }

    private static Shape shape(String name, Window window, List<Argument> arguments, boolean derived) {
        var measures = new ArrayList<Shape.Column>();
        arguments.forEach(it -> measures.add(new Shape.Column(it.name(), it.resultType())));
        if (derived) {
            measures.add(new Shape.Column("twice", FieldType.LONG));
        }
        return new Shape(name, window, List.of(new Shape.Column("tag", FieldType.TEXT)), measures);
    }

    private record Message(String id, long at, long arrival) {}

    /** Cut into micro-batches of up to 10, some of them empty, each in landed order. */
    List<List<Prepared>> microBatches(FoldPlan plan) {
        var random = new SplittableRandom(~seed);
        var messages = messages(random);
        var cut = new ArrayList<List<Prepared>>();
        for (int from = 0; from < messages.size(); ) {
            int until = Math.min(messages.size(), from + random.nextInt(11));
            var batch = new ArrayList<Prepared>();
            for (int position = from; position < until; position++) {
                batch.add(record(messages.get(position), position, plan));
            }
            batch.sort(Comparator.comparing(Prepared::at));
            cut.add(batch);
            from = until;
        }
        return cut;
    }

    private List<Message> messages(SplittableRandom random) {
        var messages = new ArrayList<Message>();
        for (int number = 0; number < 90; number++) {
            long at = Made.NOON + number * Made.MINUTE / 4 + random.nextLong(Made.MINUTE);
            messages.add(message("id-" + number, at, random));
            while (random.nextInt(3) == 0) {
                long moved = lateness > 0 ? random.nextLong(lateness) - lateness / 2 : 0;
                messages.add(message("id-" + number, at + moved, random));
            }
        }
        messages.sort(Comparator.comparingLong(Message::arrival));
        return messages;
    }

    private Message message(String id, long at, SplittableRandom random) {
        boolean late = lateness > 0 && random.nextInt(6) == 0;
        return new Message(id, at, at + random.nextLong(late ? lateness : DELAY));
    }

    /** Copies of a key are led out alike where the modes are to agree. */
    private Prepared record(Message message, int position, FoldPlan plan) {
        var random = new SplittableRandom(seed * 1_000 + position);
        boolean sound = random.nextInt(15) > 0;
        var exit = exit(
                lateness > 0 ? random : new SplittableRandom(seed + message.id().hashCode()));
        var contributions = new ArrayList<Contribution>();
        for (int view = 0; view < plan.grouped().size() && sound && exit.isEmpty(); view++) {
            for (int tag = random.nextInt(3); tag > 0; tag--) {
                var key = Arrays.<@Nullable Object>asList(TAGS.get(random.nextInt(TAGS.size())));
                contributions.add(new Contribution(view, key, arguments(plan, view, random)));
            }
        }
        return new Prepared(
                new Coordinates(position % 2, position),
                0,
                new Prepared.Raw(new byte[0]),
                sound ? Optional.empty() : Optional.of(new Prepared.Rejection("broken", "as told")),
                exit,
                sound ? message.at() : 0,
                Optional.of(Identity.of(List.of(message.id()))),
                List.of(message.id()),
                contributions,
                List.of(),
                random.nextInt(5) == 0 ? List.of("customers") : List.of());
    }

    private static Optional<Exit> exit(SplittableRandom random) {
        if (random.nextInt(6) > 0) {
            return Optional.empty();
        }
        Optional<String> branch = random.nextBoolean() ? Optional.of("cancelled") : Optional.empty();
        return Optional.of(new Exit(branch, random.nextBoolean()));
    }

    private static List<@Nullable Object> arguments(FoldPlan plan, int view, SplittableRandom random) {
        int likes = random.nextInt(6);
        return IntStream.range(0, plan.arguments().get(view).size())
                .mapToObj(index -> argument(plan.arguments().get(view).get(index), likes, random))
                .toList()
                .stream()
                .map(it -> it.orElse(null))
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    private static Optional<Object> argument(Argument argument, int likes, SplittableRandom random) {
        if (argument.kind() != Kind.COUNT && random.nextInt(7) == 0) {
            return Optional.empty();
        }
        if (argument.type() instanceof FieldType.Decimal) {
            return Optional.of(BigDecimal.valueOf(likes, 2));
        }
        if (argument.type().equals(FieldType.DOUBLE)) {
            return Optional.of(random.nextDouble() * Math.pow(10, random.nextInt(-9, 9)));
        }
        return Optional.of(
                argument.type().equals(FieldType.TEXT) ? "text " + random.nextInt(9) : (Object) (long) likes);
    }
}
