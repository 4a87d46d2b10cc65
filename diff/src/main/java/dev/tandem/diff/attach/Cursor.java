package dev.tandem.diff.attach;

import dev.tandem.diff.duck.Duck;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The rows of a numbered table one after the other. They are fetched some thousands at a time, so that a table may be larger than memory
 * and others can be read and written in between.
 */
final class Cursor<T> {
    private static final int FETCHED = 20_000;

    private final Duck duck;
    private final String select;
    private final String number;
    private final long last;
    private final Duck.RowReader<T> reader;
    private final ArrayDeque<T> fetched = new ArrayDeque<>();
    private long reached;

    /**
     * @param select a statement without conditions and order
     * @param number the column that numbers the rows from 1 to {@code last}
     */
    Cursor(Duck duck, String select, String number, long last, Duck.RowReader<T> reader) {
        this.duck = duck;
        this.select = select;
        this.number = number;
        this.last = last;
        this.reader = reader;
    }

    /** The next row, which stays the next one. */
    Optional<T> peek() {
        while (fetched.isEmpty() && reached < last) {
            long until = Math.min(last, reached + FETCHED);
            fetched.addAll(duck.list(
                    "%s WHERE %s > %d AND %s <= %d ORDER BY %s"
                            .formatted(select, number, reached, number, until, number),
                    reader));
            reached = until;
        }
        return Optional.ofNullable(fetched.peek());
    }

    T next() {
        if (peek().isEmpty()) {
            throw new NoSuchElementException("the table is read");
        }
        return fetched.remove();
    }
}
