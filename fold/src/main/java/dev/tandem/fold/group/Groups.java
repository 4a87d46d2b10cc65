package dev.tandem.fold.group;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.RetractableRecord;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.WindowBounds;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import dev.tandem.model.Dedup;
import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All groups of one grouped view, by window and key. Two of them over parts of the input merge into the one over the whole. */
public final class Groups implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Shape.Argument> arguments;
    private final Dedup.Keep keep;
    private final TreeMap<Span, Map<List<@Nullable Object>, Group>> byWindow = new TreeMap<>();

    /** Groups to which is only added. */
    public Groups(List<Shape.Argument> arguments) {
        this(arguments, Dedup.Keep.FIRST);
    }

    public Groups(List<Shape.Argument> arguments, Dedup.Keep keep) {
        this.arguments = arguments;
        this.keep = keep;
    }

    /** Empty groups of each grouped view, to which is only added. */
    public static List<Groups> ofAllViews(FoldPlan plan) {
        return plan.arguments().stream().map(Groups::new).toList();
    }

    /** Counts a record's contribution to one window. */
    public void add(Span window, Contribution contribution, RetractableRecord record) {
        group(window, contribution.key()).add(contribution.arguments(), record.eventMicros(), record.at());
    }

    public Group group(Span window, List<@Nullable Object> key) {
        return byWindow.computeIfAbsent(window, it -> new HashMap<>()).computeIfAbsent(key, it -> empty());
    }

    public Group empty() {
        return new Group(arguments, keep);
    }

    public void put(Span window, List<@Nullable Object> key, Group group) {
        byWindow.computeIfAbsent(window, it -> new HashMap<>()).put(key, group);
    }

    public void remove(Span window, List<@Nullable Object> key) {
        byWindow.computeIfPresent(window, (it, groups) -> {
            groups.remove(key);
            return groups.isEmpty() ? null : groups;
        });
    }

    public void merge(Groups other) {
        other.forEach((window, groups) ->
                groups.forEach((key, group) -> group(window, key).merge(group)));
    }

    public void forEach(BiConsumer<Span, Map<List<@Nullable Object>, Group>> action) {
        byWindow.forEach(action);
    }

    public Stream<Map.Entry<Span, Map<List<@Nullable Object>, Group>>> all() {
        return byWindow.entrySet().stream();
    }

    public Map<List<@Nullable Object>, Group> in(Span window) {
        return byWindow.getOrDefault(window, Map.of());
    }

    /** The windows that end at or before {@code micros}, earliest end first. */
    public List<Span> endedBy(long micros) {
        var ended = new ArrayList<Span>();
        for (var window : byWindow.keySet()) {
            if (Watermarks.endMicros(window) > micros) {
                break;
            }
            ended.add(window);
        }
        return ended;
    }

    /** Writes every group, without what was written of it: the tables know that. */
    public void write(StateSink sink) {
        var all = byWindow.entrySet().stream()
                .flatMap(window -> window.getValue().entrySet().stream()
                        .map(it -> new Entry(window.getKey(), it.getKey(), it.getValue())))
                .iterator();
        sink.items(all, (out, entry) -> {
            WindowBounds.write(entry.window, out);
            out.sizedValues(entry.key);
            entry.group.write(out);
        });
    }

    private record Entry(Span window, List<@Nullable Object> key, Group group) {}

    /** Takes in what {@link #write} of the same view wrote; this must be empty. */
    public void read(StateSource source) {
        source.items(in -> group(WindowBounds.read(in), in.sizedValues()).mergePacked(in));
    }

    public void dropEmpty() {
        byWindow.values().forEach(groups -> groups.values().removeIf(group -> group.events() == 0));
        byWindow.values().removeIf(Map::isEmpty);
    }

    public void clear() {
        byWindow.clear();
    }

    public void forget(Span window) {
        byWindow.remove(window);
    }

    public long size() {
        return byWindow.values().stream().mapToLong(Map::size).sum();
    }

    /** The end of the latest window that can end, in microseconds; {@link Long#MIN_VALUE} if there is none. */
    public long lastEnd() {
        for (var window : byWindow.descendingKeySet()) {
            if (!window.equals(Span.ALL)) {
                return Watermarks.endMicros(window);
            }
        }
        return Long.MIN_VALUE;
    }
}
