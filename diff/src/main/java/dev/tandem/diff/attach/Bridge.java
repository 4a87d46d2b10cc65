package dev.tandem.diff.attach;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The way from the number that a job's table has to the number that the log gives, for one measure of one row.
 *
 * @param stored as text; empty where the table has no such row
 * @param log the same for the count of the log
 * @param steps in their order; what they change adds up to the difference
 */
public record Bridge(String measure, Optional<String> stored, Optional<String> log, List<Step> steps) {
    public Bridge {
        steps = List.copyOf(steps);
    }

    /** What may lie between the two. */
    public enum Cause {
        UNEXPLAINED("unexplained", "the inferred job does not give the table's value"),
        OPEN("open", "the window had not closed for the job"),
        LATE("late", "dropped by the job as late"),
        DUPLICATE("duplicate", "copies of one key, of which the definition counts one");

        private final String code;
        private final String meaning;

        Cause(String code, String meaning) {
            this.code = code;
            this.meaning = meaning;
        }

        public String code() {
            return code;
        }

        public String meaning() {
            return meaning;
        }
    }

    /**
     * What one cause changes.
     *
     * @param amount what the number gains by it; empty where the values are no numbers
     * @param from the value before; empty where there is no row
     * @param to the value after
     * @param records how many records are behind it
     */
    public record Step(
            Cause cause, Optional<BigDecimal> amount, Optional<String> from, Optional<String> to, long records) {}
}
