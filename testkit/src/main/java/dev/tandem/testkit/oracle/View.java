package dev.tandem.testkit.oracle;

/** A table that a pipeline must write, as SQL over its counted records, written from its description alone. */
public interface View {
    /**
     * The SQL over {@code records}: the columns of table {@code counted} of the oracle, and {@code late_mark}, null for a record that
     * no window refuses.
     */
    String over(String records);
}
