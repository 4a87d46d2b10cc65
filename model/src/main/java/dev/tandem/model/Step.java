package dev.tandem.model;

import java.util.List;
import java.util.function.Function;

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

    /** The expressions of this step, in the order written. */
    default List<Expression> expressions() {
        return fold(
                set -> of(set.assignments()),
                require -> of(require.rules()),
                keep -> List.of(keep.condition()),
                split -> of(split.branches()),
                join -> List.of(),
                deduplicate -> List.of());
    }

    private static List<Expression> of(List<Named> named) {
        return named.stream().map(Named::expression).toList();
    }

    /** One method for each kind: the exhaustive choice between things to do. */
    interface Visitor {
        void set(Set step);

        void require(Require step);

        void keep(Keep step);

        void split(Split step);

        void join(Join step);

        void deduplicate(Deduplicate step);
    }

    /** Calls the method for this kind of step. */
    default void accept(Visitor visitor) {
        if (this instanceof Set it) {
            visitor.set(it);
        } else if (this instanceof Require it) {
            visitor.require(it);
        } else if (this instanceof Keep it) {
            visitor.keep(it);
        } else if (this instanceof Split it) {
            visitor.split(it);
        } else if (this instanceof Join it) {
            visitor.join(it);
        } else {
            visitor.deduplicate((Deduplicate) this);
        }
    }

    /** One function for each kind: the exhaustive choice between values. */
    default <T> T fold(
            Function<Set, T> set,
            Function<Require, T> require,
            Function<Keep, T> keep,
            Function<Split, T> split,
            Function<Join, T> join,
            Function<Deduplicate, T> deduplicate) {
        if (this instanceof Set it) {
            return set.apply(it);
        }
        if (this instanceof Require it) {
            return require.apply(it);
        }
        if (this instanceof Keep it) {
            return keep.apply(it);
        }
        if (this instanceof Split it) {
            return split.apply(it);
        }
        return this instanceof Join it ? join.apply(it) : deduplicate.apply((Deduplicate) this);
    }
}
