package dev.tandem.app.init;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of one place of all sampled records.
 *
 * @param path the names from the record's object down to the value; one name for a CSV cell
 * @param values one for each record, in the order of the sample; null where the record has none
 */
@SuppressWarnings("ArrayRecordComponent") // as large as the sample; nobody compares two
record Column(List<String> path, @Nullable Cell[] values) {
    Column {
        path = List.copyOf(path);
    }

    String lastName() {
        return path.get(path.size() - 1);
    }

    Stream<Cell> present() {
        return Arrays.stream(values).filter(Objects::nonNull);
    }

    Stream<String> texts() {
        return present().map(Cell::text);
    }

    Optional<Cell> at(int record) {
        return Optional.ofNullable(values[record]);
    }

    long count() {
        return present().count();
    }

    long nulls() {
        return values.length - count();
    }

    long different() {
        return texts().distinct().count();
    }

    /** The share of the values that are there and fit. */
    double share(Predicate<Cell> fits) {
        long count = count();
        return count == 0 ? 0 : (double) present().filter(fits).count() / count;
    }
}
