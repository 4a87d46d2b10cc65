package dev.tandem.parity;

import dev.tandem.model.ValueOrder;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** The order in which differences are told: unexplained ones, then by how many percent, then by how much. */
final class WorstFirst {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private static final Comparator<Report.Difference> ORDER = Comparator.comparing(WorstFirst::isExplained)
            .thenComparing(WorstFirst::percent, Comparator.reverseOrder())
            .thenComparing(WorstFirst::amount, Comparator.reverseOrder());

    /** By how much, then by where; what cannot be measured (text, a missing row) comes after what can. */
    static final Comparator<Report.Difference> BY_AMOUNT = Comparator.comparing(WorstFirst::amount)
            .reversed()
            .thenComparing(Report.Difference::view)
            .thenComparing(it -> it.start().map(Object::toString).orElse(""))
            .thenComparing(it -> it.key().toString(), ValueOrder::compareTexts)
            .thenComparing(Report.Difference::measure)
            .thenComparing(it -> it.end().map(Object::toString).orElse(""));

    /** The same order for equally bad ones, wherever they were found. */
    static final Comparator<Report.Difference> WHOLE_ORDER = ORDER.thenComparing(BY_AMOUNT);

    private WorstFirst() {}

    /** Equally bad ones stay in the order given. */
    static List<Report.Difference> of(List<Report.Difference> differences) {
        return differences.stream().sorted(ORDER).toList();
    }

    private static boolean isExplained(Report.Difference difference) {
        return !difference.causes().isEmpty() && !difference.causes().containsKey(Cause.UNEXPLAINED.code());
    }

    /** A row that one mode lacks differs by the whole. */
    private static BigDecimal percent(Report.Difference difference) {
        return difference.percent().map(BigDecimal::abs).orElse(WHOLE);
    }

    private static BigDecimal amount(Report.Difference difference) {
        return difference.difference().map(BigDecimal::abs).orElse(BigDecimal.ZERO);
    }
}
