package dev.tandem.sink;

import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a lake are folders ({@code order_date=2026-01-01}) and which are in the files, as Hive, Spark and DuckDB have
 * it: a partition column is not in the file. See {@link PartitionFolder} for the names.
 */
final class Partitioning {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final List<Shape.Column> columns;
    private final List<PartitionFolder> names;
    private final List<Integer> folders;
    private final List<Integer> inFile;

    /** Refuses a partition that is no column, that is a list, or that leaves no column for the file. */
    Partitioning(Content content, List<String> partition) {
        columns = content.columns();
        var names = columns.stream().map(Shape.Column::name).toList();
        for (var name : partition) {
            int index = names.indexOf(name);
            if (index < 0 || columns.get(index).type().isList()) {
                throw new SinkException(
                        "Cannot make folders of '%s' by '%s': it is no column with single values; use one of %s"
                                .formatted(content.name(), name, names));
            }
        }
        if (partition.containsAll(names)) {
            throw new SinkException(
                    "Cannot make folders of '%s' by %s: no column is left for the files; leave one out of the partition"
                            .formatted(content.name(), partition));
        }
        folders = partition.stream().map(names::indexOf).toList();
        this.names = folders.stream()
                .map(index -> new PartitionFolder(columns.get(index).name(), names))
                .toList();
        inFile = new ArrayList<>();
        for (int index = 0; index < names.size(); index++) {
            if (!folders.contains(index)) {
                inFile.add(index);
            }
        }
    }

    boolean isOne() {
        return folders.isEmpty();
    }

    /** The columns of the file that {@code tuple} stands in: all but the folders', and those that its folder's name cuts. */
    List<ParquetColumn> columnsInFile(Tuple tuple) {
        var all = new ArrayList<ParquetColumn>();
        inFile.forEach(index -> all.add(new ParquetColumn(columns.get(index))));
        for (int folder = 0; folder < folders.size(); folder++) {
            if (names.get(folder).cuts(text(tuple, folder))) {
                all.add(new ParquetColumn(new Shape.Column(names.get(folder).wholeColumn(), FieldType.TEXT)));
            }
        }
        return all;
    }

    /** In the order of {@link #columnsInFile}. */
    List<@Nullable Object> valuesInFile(Tuple tuple) {
        var values = new ArrayList<@Nullable Object>(inFile.size());
        for (int index : inFile) {
            values.add(tuple.values().get(index));
        }
        for (int folder = 0; folder < folders.size(); folder++) {
            var text = text(tuple, folder);
            if (names.get(folder).cuts(text)) {
                values.add(text);
            }
        }
        return values;
    }

    /** The folder of {@code tuple} below the lake's, with a slash at its end; empty text where there are no partitions. */
    String folder(Tuple tuple) {
        var path = new StringBuilder();
        for (int folder = 0; folder < folders.size(); folder++) {
            path.append(names.get(folder).of(text(tuple, folder))).append('/');
        }
        return path.toString();
    }

    /** The value of the partition column number {@code folder} as text; empty for null. */
    private String text(Tuple tuple, int folder) {
        var value = tuple.values().get(folders.get(folder));
        if (value == null) {
            return "";
        }
        return value instanceof Instant instant ? TIME.format(instant) : Texts.of(value);
    }
}
