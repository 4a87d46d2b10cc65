package dev.tandem.parity.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.parity.explain.Trial.Counts;
import dev.tandem.parity.explain.Trial.Row;
import java.time.Instant;

/** A trial as JSON. Values are text, so that no digit is lost; what is absent is null. Keys are only added. */
public final class TrialJson {
    private TrialJson() {}

    /** Puts the trial into {@code document}. */
    public static void write(Trial trial, ObjectNode document) {
        document.put("pipeline", trial.pipeline())
                .put("delay_before_ms", trial.before().toMillis())
                .put("delay_ms", trial.delay().toMillis())
                .put("faithful", trial.faithful());
        counts(trial.asItWas(), document.putObject("before"));
        counts(trial.tried(), document.putObject("then"));
        document.putObject("later")
                .put("windows", trial.later().windows())
                .put("median_ms", trial.later().median().toMillis())
                .put("most_ms", trial.later().most().toMillis())
                .put("waiting", trial.later().waiting());
        var changed = trial.changed();
        document.put("rows", trial.rows())
                .put("changed", changed.rows())
                .put("examined", changed.examined())
                .put("become_equal", changed.becomeEqual())
                .put("become_unequal", changed.becomeUnequal());
        var largest = document.putArray("largest");
        changed.largest().forEach(it -> row(it, largest.addObject()));
    }

    private static void counts(Counts counts, ObjectNode into) {
        into.put("late", counts.late())
                .put("late_partial", counts.latePartial())
                .put("duplicate", counts.duplicate())
                .put("groups", counts.groups())
                .put("keys", counts.keys());
    }

    private static void row(Row row, ObjectNode into) {
        into.put("view", row.view())
                .put("window_start", row.start().map(Instant::toString).orElse(null))
                .put("window_end", row.end().map(Instant::toString).orElse(null));
        var key = into.putObject("key");
        row.key().forEach(key::put);
        into.put("final", row.isFinal());
        var measures = into.putArray("measures");
        row.cells()
                .forEach(it -> measures.addObject()
                        .put("measure", it.measure())
                        .put("stream", it.stream().orElse(null))
                        .put("then", it.tried().orElse(null))
                        .put("batch", it.batch().orElse(null)));
    }
}
