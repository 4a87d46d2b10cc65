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

    /** Leads the records for which a condition is true (the first that is) out of the pipeline into a branch of that name. */
    record Split(List<Named> branches) implements Step {
        public Split {
            branches = List.copyOf(branches);
        }
    }

    /** Adds the fields of a dimension's row; null where it has none for the record's key, which is counted as unmatched. */
    record Join(String dimension) implements Step {}

    /** Where among the steps {@link Pipeline#dedup} stands: what an earlier step led out is no copy of anything. */
    record Deduplicate() implements Step {}

    record Named(String name, Expression expression) {}
}
