package dev.tandem.app.init;

import dev.tandem.files.FileSample;
import dev.tandem.files.RecordForm;
import dev.tandem.model.Format;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds out from the first records of CSV what separates the cells, and whether the first record names them. */
final class CsvHead {
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|', '¦');
    private static final Pattern VALUE =
            Pattern.compile("[+-]?[\\d.,]+([eE][+-]?\\d+)?|(?i:true|false)|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}.*");

    private final Function<Character, List<byte[]>> reader;
    private final String shown;

    /** {@code reader} gives the first records as they are split where the delimiter is the given one. */
    CsvHead(Function<Character, List<byte[]>> reader, String shown) {
        this.reader = reader;
        this.shown = shown;
    }

    /** How cells are separated and named; {@code names} are those that can be read. */
    record Table(char delimiter, boolean header, List<String> names, List<String> notes) {}

    private record Split(char delimiter, List<List<String>> rows, int width, long fitting) {
        /** Rows of the usual width beat a greater width; one cell is no table. */
        long rank() {
            return width < 2 ? 0 : fitting * 1_000 + width;
        }
    }

    /** Of records that have no header. */
    Table cells() {
        return numbered(best());
    }

    Table table() {
        var best = best();
        return best.rows().size() > 1 && isHeader(best) ? named(best) : numbered(best);
    }

    private Split best() {
        var best = split(',');
        for (char delimiter : DELIMITERS) {
            var other = split(delimiter);
            best = other.rank() > best.rank() ? other : best;
        }
        if (best.rows().isEmpty()) {
            throw InitException.question(
                    "Cannot propose anything from %s: it has no records; give a file that has some".formatted(shown));
        }
        return best;
    }

    private Split split(char delimiter) {
        var form = new RecordForm(Format.Kind.CSV, false, delimiter, List.of());
        var rows = reader.apply(delimiter).stream()
                .map(it -> FileSample.cells(it, form))
                .toList();
        var widths = new HashMap<Integer, Long>();
        rows.forEach(row -> widths.merge(row.size(), 1L, Long::sum));
        int width = widths.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
        return new Split(delimiter, rows, width, widths.getOrDefault(width, 0L));
    }

    /** A first row of texts that are no values, no two the same, above rows that differ from it. */
    private static boolean isHeader(Split split) {
        var first = split.rows().get(0);
        boolean noValues = first.stream().noneMatch(it -> VALUE.matcher(it).matches());
        boolean likeOthers = split.rows().stream().skip(1).anyMatch(first::equals);
        boolean values = split.rows().stream()
                .skip(1)
                .flatMap(List::stream)
                .anyMatch(it -> VALUE.matcher(it).matches());
        boolean plain = first.stream()
                                .filter(it -> it.matches("[\\p{L}_][\\p{L}\\d_ .:@/()#%-]{0,59}"))
                                .count()
                        * 2
                > first.size();
        return noValues && !likeOthers && (values || plain);
    }

    /** Without cells whose name is empty or stands twice: nothing can be read from those. */
    private static Table named(Split split) {
        var notes = new ArrayList<String>();
        var seen = new HashSet<String>();
        var twice = new HashSet<String>();
        var header = split.rows().get(0);
        header.stream().filter(it -> !seen.add(it)).forEach(twice::add);
        var names = header.stream()
                .filter(it -> !it.isEmpty() && !twice.contains(it))
                .toList();
        if (header.contains("")) {
            notes.add("a column without a name is left out");
        }
        twice.stream()
                .filter(it -> !it.isEmpty())
                .sorted()
                .forEach(it -> notes.add("the column '%s' is left out: the header has it twice".formatted(it)));
        return new Table(split.delimiter(), true, names, notes);
    }

    private static Table numbered(Split split) {
        var names =
                IntStream.rangeClosed(1, split.width()).mapToObj(it -> "c" + it).toList();
        return new Table(
                split.delimiter(), false, names, List.of("no header was found; cells are called c1, c2 and so on"));
    }
}
