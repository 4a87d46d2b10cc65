package dev.tandem.parity;

import dev.tandem.fold.Identity;
import dev.tandem.model.ValueOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Differences put together by the row that they are of. */
public final class DifferingRows {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private static final Comparator<DifferingRow> BY_PLACE = Comparator.comparing(DifferingRow::view)
            .thenComparing(it -> it.start().map(Object::toString).orElse(""))
            .thenComparing(it -> it.key().toString(), ValueOrder::compareTexts)
            .thenComparing(it -> it.end().map(Object::toString).orElse(""));

    /** Unexplained rows, then by the measure that differs by most percent. */
    public static final Comparator<DifferingRow> BY_PERCENT = Comparator.comparing(DifferingRows::isExplained)
            .thenComparing(DifferingRows::percent, Comparator.reverseOrder())
            .thenComparing(DifferingRows::amount, Comparator.reverseOrder())
            .thenComparing(BY_PLACE);

    /** By the measure that differs by most. */
    public static final Comparator<DifferingRow> BY_AMOUNT =
            Comparator.comparing(DifferingRows::amount).reversed().thenComparing(BY_PLACE);

    /**
     * Some of the rows that differ.
     *
     * @param rows the worst by percent, then the largest by amount that are not among them
     * @param byPercent how many of {@code rows} were chosen by percent
     * @param total how many rows differ
     */
    public record Worst(List<DifferingRow> rows, int byPercent, long total) {
        public boolean whole() {
            return rows.size() == total;
        }
    }

    private DifferingRows() {}

    /** What tells rows of a view apart: a session that both modes begin at the same event may end at different ones. */
    private record Id(
            String view, Identity rowKey, Optional<Instant> start, Optional<Instant> end, Map<String, String> key) {
        static Id of(Report.Difference it) {
            return new Id(it.view(), it.rowKey(), it.start(), it.end(), it.key());
        }
    }

    /** Gives each row once, in no order; those of a part of the differences are held. */
    public static void each(Differences differences, Consumer<DifferingRow> sink) {
        differences.lists().forEachRemaining(list -> {
            var rows = new LinkedHashMap<Id, List<Report.Difference>>();
            list.forEach(it ->
                    rows.computeIfAbsent(Id.of(it), key -> new ArrayList<>()).add(it));
            rows.values().forEach(it -> sink.accept(DifferingRow.of(it)));
        });
    }

    /** All rows if there are at most {@code most}; else half by percent and half by amount. */
    public static Worst worst(Differences differences, int most) {
        var choice = new Choice(most);
        each(differences, choice::add);
        return choice.worst();
    }

    /** Chooses rows while they pass. */
    private static final class Choice {
        private final int most;
        private final Best byPercent;
        private final Best byAmount;
        private long total;

        Choice(int most) {
            this.most = most;
            this.byPercent = new Best(BY_PERCENT, most);
            this.byAmount = new Best(BY_AMOUNT, most);
        }

        void add(DifferingRow row) {
            total++;
            byPercent.add(row);
            byAmount.add(row);
        }

        Worst worst() {
            if (total <= most) {
                return new Worst(byPercent.sorted(), (int) total, total);
            }
            var rows = new ArrayList<>(byPercent.sorted().subList(0, most / 2));
            var chosen = new HashSet<>(rows);
            byAmount.sorted().stream()
                    .filter(it -> !chosen.contains(it))
                    .limit(most - most / 2)
                    .forEach(rows::add);
            return new Worst(List.copyOf(rows), most / 2, total);
        }
    }

    /** The first of many in an order. */
    private static final class Best {
        private final Comparator<DifferingRow> order;
        private final int most;
        private final PriorityQueue<DifferingRow> kept;

        Best(Comparator<DifferingRow> order, int most) {
            this.order = order;
            this.most = most;
            this.kept = new PriorityQueue<>(order.reversed());
        }

        void add(DifferingRow row) {
            kept.add(row);
            if (kept.size() > most) {
                kept.remove();
            }
        }

        List<DifferingRow> sorted() {
            return kept.stream().sorted(order).toList();
        }
    }

    private static boolean isExplained(DifferingRow row) {
        return !row.causes().isEmpty() && !row.causes().containsKey(Cause.UNEXPLAINED.code());
    }

    /** A row that one mode lacks differs by the whole. */
    private static BigDecimal percent(DifferingRow row) {
        return row.cells().stream()
                .map(it -> it.percent().map(BigDecimal::abs).orElse(WHOLE))
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private static BigDecimal amount(DifferingRow row) {
        return row.cells().stream()
                .map(it -> it.difference().map(BigDecimal::abs).orElse(BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }
}
