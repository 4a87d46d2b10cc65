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
 * Which columns of a lake are folders ({@code order_date=2026-01-01}) and which stand in the files, as Hive, Spark and DuckDB have
 * it: a partition column is not in the file, null and empty text are {@code __HIVE_DEFAULT_PARTITION__}, and characters with a
 * meaning in paths are escaped.
 */
final class Partitioning {
    private static final String NOTHING = "__HIVE_DEFAULT_PARTITION__";
    /** Hive's list (FileUtils.escapePathName); control characters come on top. */
    private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007F";

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final List<Shape.Column> columns;
    private final List<Integer> folders;
    private final List<Integer> inFile;

    /** Refuses a partition that is no column, that is a list, or that leaves no column for the file. */
    Partitioning(Content content, List<String> partition) {
        columns = content.columns();
        var names = columns.stream().map(Shape.Column::name).toList();
        for (var name : partition) {
            int index = names.indexOf(name);
            if (index < 0 || columns.get(index).type() instanceof FieldType.ListOf) {
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

    List<ParquetColumn> columnsInFile() {
        return inFile.stream()
                .map(index -> new ParquetColumn(columns.get(index)))
                .toList();
    }

    List<@Nullable Object> valuesInFile(Tuple tuple) {
        var values = new ArrayList<@Nullable Object>(inFile.size());
        for (int index : inFile) {
            values.add(tuple.values().get(index));
        }
        return values;
    }

    /** The folder of {@code tuple} below the lake's, with a slash at its end; empty text where there are no partitions. */
    String folder(Tuple tuple) {
        if (folders.isEmpty()) {
            return "";
        }
        var path = new StringBuilder();
        for (int index : folders) {
            escape(columns.get(index).name(), path);
            path.append('=');
            var value = tuple.values().get(index);
            var text = value == null ? "" : text(value);
            if (text.isEmpty()) {
                path.append(NOTHING);
            } else {
                escape(text, path);
            }
            path.append('/');
        }
        return path.toString();
    }

    private static String text(Object value) {
        return value instanceof Instant instant ? TIME.format(instant) : Texts.of(value);
    }

    private static void escape(String text, StringBuilder into) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character < ' ' || ESCAPED.indexOf(character) >= 0) {
                into.append("%%%02X".formatted((int) character));
            } else {
                into.append(character);
            }
        }
    }
}
