package dev.tandem.engine.shuffle;

import java.io.Serializable;
import scala.runtime.AbstractFunction1;

/** Chooses the parts from {@code from} to before {@code end}. */
public final class PartRange extends AbstractFunction1<Object, Object> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int from;
    private final int end;

    public PartRange(int from, int end) {
        this.from = from;
        this.end = end;
    }

    @Override
    public Object apply(Object part) {
        int number = (Integer) part;
        return number >= from && number < end;
    }
}
