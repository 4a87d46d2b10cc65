package dev.tandem.model;

import java.io.Serializable;

/**
 * Where in a definition something stands, so that whoever finds it wrong later (the reader, the expression checker, a running
 * engine) can still point at it. Lines and columns count from 1; {@code length} is the number of characters to underline.
 */
public record Place(int line, int column, int length) implements Serializable {
    public static final Place NOWHERE = new Place(1, 1, 1);

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
