package dev.tandem.diff.why;

import java.util.List;

/** A pattern that differences can follow. It proposes changes from what it sees in the tables; {@link Search} tries them. */
@FunctionalInterface
interface Hypothesis {
    List<Candidate> candidates(Bench bench);
}
