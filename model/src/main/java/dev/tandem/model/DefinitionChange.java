package dev.tandem.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a definition differs from the one that a stream ran last, and what that asks for. Each key is judged by itself; a key that every
 * view depends on counts as a change of every view, even if some view does not use the field that has changed.
 *
 * @param parts the keys that differ, in order
 * @param views the views whose rows are other ones, or new
 * @param ran what ran; empty if a version that kept no definitions ran it
 */
public record DefinitionChange(List<Part> parts, Set<String> views, Optional<Meaning> ran) {
    /** What a changed key does to the results. */
    public enum Effect {
        /** No number changes: the stream goes on. */
        FREE("free"),
        /** Results that did not exist: they can be made from the landed log. */
        NEW("new"),
        /** Results that exist no more. */
        REMOVED("removed"),
        /** Results that exist get another meaning: they are made again from the landed log. */
        OTHER_MEANING("other meaning"),
        /** The landed log itself was made by it. */
        IMPOSSIBLE("impossible");

        private final String word;

        Effect(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** A key that differs, as in {@code views/per_day}, and what follows from it. */
    public record Part(Effect effect, String key, String consequence) {}

    /** What the stream needs before it can go on. */
    public enum Way {
        CONTINUE,
        REBUILD,
        IMPOSSIBLE
    }

    private static final Set<String> FREE_SECTIONS = Set.of("batch", "parity");
    private static final Set<String> FREE_KEYS = Set.of(
            "source/group",
            "source/capture",
            "source/max_files",
            "source/archive",
            "source/order",
            "source/arrival",
            "source/from",
            "stream/trigger",
            "stream/max_records",
            "stream/log");
    private static final String VIEWS = "views/";
    private static final String OUTPUT = "output ";

    public DefinitionChange {
        parts = List.copyOf(parts);
        views = Set.copyOf(views);
    }

    /** Compares {@code now} with what ran; {@code ran} is empty if nobody kept it. */
    public static DefinitionChange between(Optional<Meaning> ran, Pipeline now) {
        if (ran.isEmpty()) {
            var unknown = new Part(
                    Effect.OTHER_MEANING,
                    "definition",
                    "an earlier version of Tandem ran it and did not keep it: every view is counted again");
            return new DefinitionChange(List.of(unknown), names(now), ran);
        }
        var before = ran.get();
        var keys = new TreeSet<>(before.parts().keySet());
        keys.addAll(now.meaning().parts().keySet());
        keys.removeIf(key -> Optional.ofNullable(before.parts().get(key))
                .equals(Optional.ofNullable(now.meaning().parts().get(key))));
        var parts = new ArrayList<Part>();
        keys.forEach(key -> parts.add(part(key, before, now)));
        addOutputs(parts, before, now);
        return new DefinitionChange(parts, views(parts, now), ran);
    }

    private static Set<String> names(Pipeline pipeline) {
        var names = new TreeSet<String>();
        pipeline.views().forEach(view -> names.add(view.name()));
        return names;
    }

    private static Part part(String key, Meaning before, Pipeline now) {
        if (FREE_KEYS.contains(key) || FREE_SECTIONS.contains(section(key))) {
            return new Part(Effect.FREE, key, "changes no number");
        }
        if (section(key).equals("source") || key.equals("pipeline")) {
            return new Part(
                    Effect.IMPOSSIBLE,
                    key,
                    "the landed log was read and kept by the earlier one: give the pipeline a new name and new tables, or a new --home");
        }
        if (!key.startsWith(VIEWS)) {
            return new Part(Effect.OTHER_MEANING, key, "every view is counted again");
        }
        if (!before.parts().containsKey(key)) {
            return new Part(Effect.NEW, key, "is counted from the landed log");
        }
        return now.meaning().parts().containsKey(key)
                ? new Part(Effect.OTHER_MEANING, key, "is counted again")
                : new Part(Effect.REMOVED, key, "its rows are kept with the earlier results");
    }

    private static String section(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    private static void addOutputs(List<Part> parts, Meaning before, Pipeline now) {
        var texts = now.meaning().outputs();
        for (int index = 0; index < texts.size(); index++) {
            if (!before.outputs().contains(texts.get(index))) {
                parts.add(added(now.outputs().get(index)));
            }
        }
        before.outputs().stream()
                .filter(text -> !texts.contains(text))
                .forEach(text -> parts.add(
                        new Part(Effect.REMOVED, OUTPUT + text, "is not written any more; what is there stays")));
    }

    private static Part added(Output output) {
        var key = OUTPUT + output.told();
        return output.writes(Mode.STREAM)
                ? new Part(Effect.NEW, key, "is filled from the landed log")
                : new Part(Effect.FREE, key, "the next batch fills it");
    }

    /** Also the views that rank one of them. */
    private static Set<String> views(List<Part> parts, Pipeline now) {
        var changed = new TreeSet<String>();
        for (var part : parts) {
            if (part.effect() == Effect.OTHER_MEANING && !part.key().startsWith(VIEWS)) {
                return names(now);
            }
            if (part.key().startsWith(VIEWS) && part.effect() != Effect.REMOVED) {
                changed.add(part.key().substring(VIEWS.length()));
            }
        }
        now.tops().stream().filter(top -> changed.contains(top.from())).forEach(top -> changed.add(top.name()));
        return changed;
    }

    public Way way() {
        if (parts.stream().anyMatch(part -> part.effect() == Effect.IMPOSSIBLE)) {
            return Way.IMPOSSIBLE;
        }
        return parts.stream().allMatch(DefinitionChange::leavesRows) ? Way.CONTINUE : Way.REBUILD;
    }

    private static boolean leavesRows(Part part) {
        return part.effect() == Effect.FREE
                || (part.effect() == Effect.REMOVED && !part.key().startsWith(VIEWS));
    }

    /** Whether the {@code index}-th output of {@code now} is written as before, in every number. */
    public boolean leavesAlone(Pipeline now, int index) {
        var what = now.outputs().get(index).what();
        boolean sameRows = what.isView()
                ? !views.contains(what.name())
                : parts.stream()
                        .noneMatch(it ->
                                it.effect() == Effect.OTHER_MEANING && !it.key().startsWith(VIEWS));
        return sameRows
                && ran.filter(it ->
                                it.outputs().contains(now.meaning().outputs().get(index)))
                        .isPresent();
    }

    /** The keys that need a rebuild or make it impossible, for a message. */
    public String summary() {
        return String.join(
                ", ",
                parts.stream()
                        .filter(part -> !leavesRows(part))
                        .map(part ->
                                "%s: %s".formatted(part.key(), part.effect().word()))
                        .toList());
    }
}
