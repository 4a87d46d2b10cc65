package dev.tandem.diff.why;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The patterns behind the differences, the strongest first, each applied after those before it.
 *
 * @param differing rows that differ as they are
 */
public record Explanation(long differing, List<Step> steps) {
    public static final Explanation NONE = new Explanation(0, List.of());

    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * A change that makes rows equal.
     *
     * @param change completes the sentence "they become equal if …"
     * @param remaining rows that still differ after this step, counted over all rows
     */
    public record Step(Pattern pattern, String change, long remaining) {}

    /** Rows that differ whatever is known. */
    public long remaining() {
        return steps.isEmpty() ? differing : steps.get(steps.size() - 1).remaining();
    }

    /** As in "98.7 % of the 1,204 differing rows become equal if RIGHT is shifted by 5 h 30 min." */
    public String sentence() {
        if (differing == 0) {
            return "";
        }
        if (steps.isEmpty()) {
            return differing == 1
                    ? "No known pattern explains the differing row."
                    : "No known pattern explains the %,d differing rows.".formatted(differing);
        }
        var changes = steps.stream().map(Step::change).collect(Collectors.joining(", and if "));
        var rest = remaining() == 0
                ? ""
                : remaining() == 1
                        ? " 1 row is left without a known pattern."
                        : " %,d rows are left without a known pattern.".formatted(remaining());
        return differing == 1
                ? "The differing row becomes equal if %s.%s".formatted(changes, rest)
                : "%s of the %,d differing rows become equal if %s.%s"
                        .formatted(share(differing - remaining()), differing, changes, rest);
    }

    /** Cut, not rounded: 99.98 % is not all. */
    public String share(long rows) {
        return BigDecimal.valueOf(rows * 100)
                        .divide(BigDecimal.valueOf(differing), 1, RoundingMode.FLOOR)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }
}
