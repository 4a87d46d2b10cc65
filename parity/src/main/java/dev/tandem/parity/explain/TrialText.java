package dev.tandem.parity.explain;

import dev.tandem.model.Durations;
import dev.tandem.parity.explain.Trial.Cell;
import dev.tandem.parity.explain.Trial.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A trial as plain text for a terminal. */
public final class TrialText {
    private final Trial trial;
    private final List<String> lines = new ArrayList<>();

    private TrialText(Trial trial) {
        this.trial = trial;
    }

    /** Lines end in a line feed, the last one too. */
    public static String of(Trial trial) {
        var text = new TrialText(trial);
        text.summary();
        trial.changed().largest().forEach(text::row);
        return String.join("\n", text.lines) + "\n";
    }

    private void summary() {
        lines.add("%s with a watermark delay of %s instead of %s, counted again from its landed log"
                .formatted(trial.pipeline(), Durations.told(trial.delay()), Durations.told(trial.before())));
        line("late records", late());
        line("final", later());
        line("state", state());
        line("numbers", numbers());
        if (!trial.faithful()) {
            line("caution", "counted again with the delay that it had, the stream's fates are not those of its ledger");
        }
    }

    private String late() {
        long kept = trial.asItWas().refused() - trial.tried().refused();
        return "%,d before, %,d then: %s"
                .formatted(trial.asItWas().refused(), trial.tried().refused(), change(kept));
    }

    private static String change(long kept) {
        if (kept == 0) {
            return "no change";
        }
        return kept > 0
                ? "%s %s kept".formatted(ValueText.records(kept), kept == 1 ? "is" : "are")
                : "%s more %s refused".formatted(ValueText.records(-kept), kept == -1 ? "is" : "are");
    }

    private String later() {
        var later = trial.later();
        var waiting = later.waiting() == 0
                ? ""
                : "; %s only when the input ends"
                        .formatted(
                                later.waiting() == 1
                                        ? "1 window closes"
                                        : "%,d windows close".formatted(later.waiting()));
        if (later.windows() == 0) {
            return "not measured: no window was closed by later records with both delays" + waiting;
        }
        var sooner = later.median().isNegative();
        var median = sooner ? later.median().negated() : later.median();
        var most = sooner || later.most().compareTo(later.median()) == 0
                ? ""
                : ", at most %s later".formatted(ValueText.duration(later.most()));
        return "windows close %s %s (the middle one of %,d%s), in event time%s"
                .formatted(ValueText.duration(median), sooner ? "sooner" : "later", later.windows(), most, waiting);
    }

    private String state() {
        var before = trial.asItWas();
        var then = trial.tried();
        return "at most %,d open groups and %,d dedup keys at once, %,d and %,d before%s"
                .formatted(
                        then.groups(),
                        then.keys(),
                        before.groups(),
                        before.keys(),
                        share(before.state(), then.state()));
    }

    private static String share(long before, long then) {
        return before == 0 ? "" : String.format(Locale.ROOT, " (%+.0f %%)", 100.0 * (then - before) / before);
    }

    private String numbers() {
        var changed = trial.changed();
        if (changed.rows() == 0) {
            return "none of %,d %s changes".formatted(trial.rows(), trial.rowsText());
        }
        var of = changed.examined() < changed.rows() ? "of the first %,d, ".formatted(changed.examined()) : "";
        var unequal = changed.becomeUnequal() == 0
                ? ""
                : ", %,d would differ that are the same now".formatted(changed.becomeUnequal());
        return "%,d of %,d %s change; %s%,d become what the batch has%s"
                .formatted(changed.rows(), trial.rows(), trial.rowsText(), of, changed.becomeEqual(), unequal);
    }

    private void line(String label, String text) {
        lines.add("  %-14s%s".formatted(label, text));
    }

    private void row(Row row) {
        lines.add("");
        var window = row.start()
                .map(start -> " · %s to %s".formatted(start, row.end().orElseThrow()))
                .orElse(" · over everything");
        var key = row.key().isEmpty() ? "" : " · " + ValueText.key(row.key());
        lines.add(row.view() + window + key + (row.isFinal() ? "" : " (not final before the log ends)"));
        var table = new TextTable(List.of("", "", "stream", "then", "batch"));
        row.cells().stream()
                .filter(Cell::changes)
                .forEach(cell -> table.add(List.of(
                        "",
                        cell.measure(),
                        ValueText.value(cell.stream()),
                        ValueText.value(cell.tried()),
                        ValueText.value(cell.batch()))));
        lines.addAll(table.lines());
    }
}
