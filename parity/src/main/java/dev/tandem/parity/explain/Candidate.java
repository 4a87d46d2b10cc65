package dev.tandem.parity.explain;

import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row that may be explained, as the tables have it: of the stream, of the batch, or of both.
 *
 * @param closed whether its window has closed in the stream
 */
public record Candidate(Shape shape, Optional<ResultRow> stream, Optional<ResultRow> batch, boolean closed) {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    /** Rows that differ and are final, then those that differ and are not, then those that agree; the worst first. */
    static final Comparator<Candidate> WORST_FIRST = Comparator.comparing((Candidate it) -> !it.differs())
            .thenComparing(it -> !it.closed())
            .thenComparing(Candidate::percent, Comparator.reverseOrder())
            .thenComparing(Candidate::amount, Comparator.reverseOrder());

    public ResultRow any() {
        return batch.or(() -> stream).orElseThrow();
    }

    public Span window() {
        return any().window();
    }

    public List<@Nullable Object> key() {
        return any().key();
    }

    public boolean differs() {
        return stream.isPresent() != batch.isPresent() || !differing().isEmpty();
    }

    private List<Integer> differing() {
        var differing = new ArrayList<Integer>();
        for (int index = 0; index < shape.measures().size(); index++) {
            if (!Numbers.same(value(stream, index).value(), value(batch, index).value())) {
                differing.add(index);
            }
        }
        return differing;
    }

    private static Quantity value(Optional<ResultRow> row, int index) {
        return Quantity.of(row.map(ResultRow::measures), index);
    }

    /** The measure that differs most; the first where none does. */
    int worst() {
        return differing().stream()
                .max(Comparator.comparing(this::percentOf).thenComparing(Comparator.reverseOrder()))
                .orElse(0);
    }

    private BigDecimal percentOf(int index) {
        var streamed = value(stream, index);
        var batched = value(batch, index);
        return streamed.measurable() && batched.measurable()
                ? Numbers.percent(streamed.orZero(), batched.orZero())
                : WHOLE;
    }

    private BigDecimal percent() {
        return differs() ? percentOf(worst()) : BigDecimal.ZERO;
    }

    private BigDecimal amount() {
        return value(batch, worst())
                .orZero()
                .subtract(value(stream, worst()).orZero())
                .abs();
    }

    /** As a line of the list. */
    Answer.Line line() {
        int index = worst();
        var streamed = value(stream, index);
        var batched = value(batch, index);
        boolean numbers = streamed.number().isPresent() || batched.number().isPresent();
        var named = new LinkedHashMap<String, String>();
        for (int column = 0; column < key().size(); column++) {
            named.put(shape.keys().get(column).name(), Numbers.told(key().get(column)));
        }
        return new Answer.Line(
                shape.name(),
                window().equals(Span.ALL) ? Optional.empty() : Optional.of(window().start()),
                named,
                shape.measures().get(index).name(),
                streamed.told(),
                batched.told(),
                numbers ? Optional.of(batched.orZero().subtract(streamed.orZero())) : Optional.empty(),
                closed);
    }
}
