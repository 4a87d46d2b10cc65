package dev.tandem.model;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one order of values, for measures, rankings and exports alike; the values compared have one type. Null is least. Text is
 * ordered by code points, which is the order of its UTF-8 bytes and therefore that of Spark and of every binary collation;
 * {@link String#compareTo} orders UTF-16 units and puts what lies beyond U+FFFF before U+E000. Lists are ordered by their
 * elements. Of floating-point numbers NaN is the greatest; -0.0 does not occur ({@link Floats}).
 */
public enum ValueOrder implements Comparator<@Nullable Object> {
    ASCENDING;

    private static final char FIRST_AFTER_SURROGATES = '\uE000';

    @Override
    public int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        if (left instanceof String text && right instanceof String other) {
            return compareTexts(text, other);
        }
        if (left instanceof List<?> list && right instanceof List<?> other) {
            return compareLists(list, other);
        }
        return compareComparables(left, right);
    }

    /** The order of texts by code points. */
    public static int compareTexts(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int at = 0; at < common; at++) {
            char one = left.charAt(at);
            char other = right.charAt(at);
            if (one != other) {
                boolean bothHigh = one >= Character.MIN_SURROGATE && other >= Character.MIN_SURROGATE;
                return bothHigh ? Integer.compare(behindAll(one), behindAll(other)) : Character.compare(one, other);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** A unit of a surrogate pair stands for a code point beyond U+FFFF, so it goes behind every single unit. */
    private static int behindAll(char unit) {
        return unit < FIRST_AFTER_SURROGATES ? unit + Character.MAX_VALUE : unit;
    }

    private int compareLists(List<?> left, List<?> right) {
        int common = Math.min(left.size(), right.size());
        for (int index = 0; index < common; index++) {
            int compared = compare(left.get(index), right.get(index));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    @SuppressWarnings("unchecked") // the values have one type
    private static int compareComparables(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }
}
