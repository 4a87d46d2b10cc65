package dev.tandem.model;

/**
 * Floating-point numbers as Spark groups, joins and compares them: 0.0 and -0.0 are one value, and so are all forms of NaN.
 * Values pass through here where they are parsed and where they leave an expression, so that keys, distinct counts, duplicates
 * and stored rows can rely on {@link Double#equals}.
 */
public final class Floats {
    private Floats() {}

    /** {@code value} in its one form: 0.0 for -0.0, and the canonical NaN. */
    public static double normal(double value) {
        if (value == 0) {
            return 0.0;
        }
        return Double.isNaN(value) ? Double.NaN : value;
    }
}
