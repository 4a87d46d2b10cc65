package dev.tandem.diff.attach;

import dev.tandem.diff.attach.Inference.Tie;
import dev.tandem.model.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was inferred, in words: the behaviour, how much it explains, and what the data leaves open. */
public final class InferenceWords {
    private static final int MOST_ALTERNATIVES = 6;

    private final Inference inference;

    public InferenceWords(Inference inference) {
        this.inference = inference;
    }

    /** As in "watermark 2 minutes over all partitions, moving with each record; …; no dedup". */
    public String behaviour() {
        var behaviour = inference.behaviour();
        var parts = new ArrayList<String>();
        if (behaviour.lateness() != Lateness.KEPT) {
            parts.add("watermark %s %s"
                    .formatted(delay(inference.delayMicros()), behaviour.clock().words()));
        }
        parts.add(behaviour.lateness().words());
        parts.add(behaviour.duplicates().words());
        if (behaviour.emission() == Behaviour.Emission.CLOSED) {
            parts.add(
                    behaviour.lateness() == Lateness.KEPT
                            ? "the last windows are missing: those that end later than %s before the last event"
                                    .formatted(delay(inference.delayMicros()))
                            : behaviour.emission().words());
        }
        shift().ifPresent(parts::add);
        return String.join("; ", parts);
    }

    private Optional<String> shift() {
        long shift = inference.shiftMicros();
        if (shift == 0) {
            return Optional.empty();
        }
        if (shift == Shifts.INCLUSIVE) {
            return Optional.of("windows include their end: an event at a bound counts in the window before");
        }
        return Optional.of("windows and their names are those of a clock that is %s %s of the definition's"
                .formatted(delay(Math.abs(shift)), shift > 0 ? "ahead" : "behind"));
    }

    /** As in "reproduces 1,271 of 1,271 rows". */
    public String share() {
        if (inference.complete()) {
            return "reproduces %,d of %,d rows; %,d behaviours tried, each with every delay"
                    .formatted(inference.reproduced(), inference.rows(), inference.tried());
        }
        return String.format(
                        Locale.ROOT,
                        "no behaviour reproduces more than %.1f %%: %,d of %,d rows; %,d were tried, each with every delay",
                        Math.floor(inference.percent() * 10) / 10,
                        inference.reproduced(),
                        inference.rows(),
                        inference.tried())
                + (inference.leftOut() == 0
                        ? ""
                        : "; %,d rows with too many doubtful records were left out".formatted(inference.leftOut()));
    }

    /** What fits as well, because this data cannot tell: a line for each part of the behaviour. */
    public List<String> alternatives() {
        var lines = new ArrayList<String>();
        boolean kept = inference.behaviour().lateness() == Lateness.KEPT;
        if (inference.hasDelay() && !only(inference.delays())) {
            lines.add((kept ? "the end: " : "delay: ")
                    + inference.delays().stream()
                            .limit(MOST_ALTERNATIVES)
                            .map(InferenceWords::span)
                            .collect(Collectors.joining("; or ")));
        }
        if (kept) {
            add("late records", it -> it.lateness() == Lateness.KEPT ? "" : "dropped, but none was late enough", lines);
        } else {
            add("late records", it -> it.lateness().words(), lines);
            add("watermark", it -> it.clock().words(), lines);
        }
        duplicates(lines);
        add("rows", it -> it.emission().words(), lines);
        return lines;
    }

    private void add(String what, Function<Behaviour, String> part, List<String> into) {
        var own = part.apply(inference.behaviour());
        Set<String> others = inference.ties().stream()
                .map(Tie::behaviour)
                .map(part)
                .filter(it -> !it.equals(own))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!others.isEmpty()) {
            var shown = others.stream().limit(MOST_ALTERNATIVES).collect(Collectors.joining("; or "));
            int left = others.size() - MOST_ALTERNATIVES;
            into.add("%s: %s%s".formatted(what, shown, left > 0 ? "; or %d more".formatted(left) : ""));
        }
    }

    private void duplicates(List<String> into) {
        var own = inference.behaviour().duplicates();
        var others = inference.ties().stream()
                .map(tie -> tie.behaviour().duplicates())
                .filter(it -> !it.equals(own))
                .toList();
        if (!others.isEmpty()) {
            into.add("duplicates: " + String.join("; or ", Duplicates.words(others)));
        }
    }

    private static boolean only(List<DelaySpan> delays) {
        return delays.size() == 1 && delays.get(0).until() == delays.get(0).after() + 1;
    }

    private static String span(DelaySpan span) {
        if (span.after() < 0) {
            return span.until() == Long.MAX_VALUE ? "any" : "any up to " + delay(span.until());
        }
        return span.until() == Long.MAX_VALUE
                ? "any above " + delay(span.after())
                : "any above %s, up to %s".formatted(delay(span.after()), delay(span.until()));
    }

    private static String delay(long micros) {
        if (micros == Long.MAX_VALUE) {
            return "any";
        }
        return micros % 1_000 == 0 ? Durations.told(Duration.ofMillis(micros / 1_000)) : "%,d µs".formatted(micros);
    }
}
