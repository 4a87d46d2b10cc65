package dev.tandem.files;

import dev.tandem.model.Source.Order;
import java.math.BigInteger;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The orders in which files that are present together are read. Each is a total order, so that two listings of one folder agree.
 */
final class FileOrder {
    private static final Pattern RUN = Pattern.compile("[0-9]+|[^0-9]+");

    private FileOrder() {}

    /** A file as an order sees it. */
    record Ordered<T>(String name, FileTime modified, T file) {}

    static <T> List<T> sorted(List<Ordered<T>> files, Order order) {
        return files.stream().sorted(comparator(order)).map(Ordered::file).toList();
    }

    private static <T> Comparator<Ordered<T>> comparator(Order order) {
        Comparator<Ordered<T>> byName = Comparator.comparing(Ordered::name);
        return switch (order) {
            case NAME -> byName;
            case NATURAL ->
                Comparator.<Ordered<T>, String>comparing(Ordered::name, FileOrder::natural)
                        .thenComparing(byName);
            case MODIFIED ->
                Comparator.<Ordered<T>, FileTime>comparing(Ordered::modified).thenComparing(byName);
        };
    }

    /** Digits that stand together count by their value, all else letter by letter. */
    static int natural(String one, String other) {
        var left = runs(one);
        var right = runs(other);
        for (int at = 0; at < Math.min(left.size(), right.size()); at++) {
            int compared = run(left.get(at), right.get(at));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static List<String> runs(String name) {
        return RUN.matcher(name).results().map(MatchResult::group).toList();
    }

    private static int run(String one, String other) {
        return digits(one) && digits(other)
                ? new BigInteger(one).compareTo(new BigInteger(other))
                : one.compareTo(other);
    }

    private static boolean digits(String run) {
        return run.charAt(0) >= '0' && run.charAt(0) <= '9';
    }
}
