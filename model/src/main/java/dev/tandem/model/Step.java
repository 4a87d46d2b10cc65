package dev.tandem.model;

import java.util.List;

/** What happens to each record between reading and the views, in the order written. */
public sealed interface Step {
    /** Computes fields; a later assignment sees the earlier ones. */
    record Set(List<Named> assignments) implements Step {
        public Set {
            assignments = List.copyOf(assignments);
        }
    }

    /** Named conditions that must be true; the first that is not (false or null) is the reason for quarantine. */
    record Require(List<Named> rules) implements Step {
        public Require {
            rules = List.copyOf(rules);
        }
    }

    /** Keeps the records for which the condition is true; the others are counted as filtered. */
    record Keep(Expression condition) implements Step {}

    record Named(String name, Expression expression) {}
}
