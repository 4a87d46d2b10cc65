package dev.tandem.model.reading;

import dev.tandem.model.Place;
import dev.tandem.model.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong, so that an author is told everything at once. */
public final class Problems {
    private static final int FAR = 3;

    private final List<Problem> found = new ArrayList<>();

    public void add(Place place, String what, String hint) {
        found.add(new Problem(place, what, hint));
    }

    public boolean none() {
        return found.isEmpty();
    }

    public List<Problem> all() {
        return List.copyOf(found);
    }

    /** "did you mean 'window'?" where a known word is near, else the known words. */
    public static String hint(String word, Collection<String> known) {
        return nearest(word, known)
                .map("did you mean '%s'?"::formatted)
                .orElse("use one of " + String.join(", ", known));
    }

    /** The known word that is nearest, if one is near. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) < Math.min(FAR, Math.max(word.length(), 2)))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** Levenshtein's distance. */
    private static int distance(String left, String right) {
        var previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            var current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(Math.min(current[column - 1], previous[column]) + 1, previous[column - 1] + change);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
