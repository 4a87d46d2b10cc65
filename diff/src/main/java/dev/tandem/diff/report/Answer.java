package dev.tandem.diff.report;

import dev.tandem.diff.table.Result;
import dev.tandem.diff.why.Explanation;
import java.util.Optional;

/** The whole answer to a question: where and how much, the pattern behind it, and what a second reading says. */
public record Answer(Result result, Explanation explanation, Optional<Again> again) {
    /** What a script decides by. */
    public enum Verdict {
        AGREE("✔", "agree"),
        WITHIN_TOLERANCE("≈", "within_tolerance"),
        /** The rows that differed have changed since they were read, so nothing is sure. */
        MOVING("◌", "undecided"),
        NOTHING("◌", "undecided"),
        DIFFER("✖", "differ");

        private final String icon;
        private final String word;

        Verdict(String icon, String word) {
            this.icon = icon;
            this.word = word;
        }

        public String icon() {
            return icon;
        }

        public String word() {
            return word;
        }
    }

    public Verdict verdict() {
        if (result.nothingToCompare()) {
            return Verdict.NOTHING;
        }
        if (result.agree()) {
            return result.counts().tolerated() > 0 ? Verdict.WITHIN_TOLERANCE : Verdict.AGREE;
        }
        return again.filter(it -> it.stable() == 0).map(Answer::moved).orElse(Verdict.DIFFER);
    }

    private static Verdict moved(Again again) {
        return again.moving() == 0 ? Verdict.AGREE : Verdict.MOVING;
    }

    /** As in "1,204 of 100,000 rows differ: 800 changed, 300 only in LEFT, 104 only in RIGHT." */
    public String sentence() {
        var counts = result.counts();
        long rows = counts.both() + counts.onlyLeft() + counts.onlyRight();
        if (result.nothingToCompare()) {
            return "Neither side has a row.";
        }
        if (result.agree()) {
            return counts.tolerated() == 0
                    ? "All %,d rows are equal.".formatted(rows)
                    : "All %,d rows are equal, %,d of them within the tolerance.".formatted(rows, counts.tolerated());
        }
        return "%,d of %,d rows differ: %,d changed, %,d only in LEFT, %,d only in RIGHT."
                .formatted(counts.differing(), rows, counts.changed(), counts.onlyLeft(), counts.onlyRight());
    }
}
