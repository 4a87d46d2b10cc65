package dev.tandem.app.init;

import dev.tandem.model.FieldOrigin;
import dev.tandem.model.OwnColumns;
import dev.tandem.model.PathStep;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Gives the places of a record plain names that differ by more than case and that no output has taken. */
final class FieldNames {
    private static final int LONGEST = 60;
    private static final Set<String> TAKEN = Set.copyOf(Stream.of(
                    OwnColumns.OF_VIEW_TABLE, OwnColumns.OF_RECORD_TABLE, List.of("window_start", "window_end", "rank"))
            .flatMap(List::stream)
            .toList());

    private final Set<String> given = new HashSet<>();

    /** The name of the field that is read from {@code path}. */
    String of(List<String> path) {
        var joined = String.join("_", path).replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        var plain = joined.isEmpty() ? "field" : joined;
        if (Character.isDigit(plain.charAt(0)) || TAKEN.contains(plain.toLowerCase(Locale.ROOT))) {
            plain = "my_" + plain;
        }
        var cut = plain.substring(0, Math.min(LONGEST, plain.length()));
        var name = cut;
        for (int number = 2; !given.add(name.toLowerCase(Locale.ROOT)); number++) {
            name = cut + "_" + number;
        }
        return name;
    }

    /** Where a field that is read from {@code path} comes from. */
    static FieldOrigin origin(List<String> path) {
        if (path.size() == 1 && !path.get(0).startsWith("$")) {
            return new FieldOrigin.Named(path.get(0));
        }
        return new FieldOrigin.Path(
                path.stream().<PathStep>map(PathStep.Member::new).toList());
    }

    /** Whether a definition can say where the values of {@code path} are. */
    static boolean sayable(List<String> path) {
        return path.stream().noneMatch(name -> name.isBlank() || name.contains("\""));
    }
}
