package dev.tandem.testkit.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A drop of CSV files in the database, all columns as text and an empty field as null. The order of the source is that of file names,
 * then of rows: {@code part} is the place of the file among its neighbours, {@code pos} that of the row in the file, both from 0.
 */
final class CsvFiles {
    private CsvFiles() {}

    /** Reads a file, or all {@code .csv} files of a folder, into table {@code raw}; a row that is too short ends in nulls. */
    static void into(Database database, Path place, String... columns) {
        var files = files(place);
        database.run("""
                create table raw as
                select list_position([%1$s], filename)::integer - 1 as part,
                    n - min(n) over (partition by filename) as pos, * exclude (filename, n)
                from (select *, row_number() over () as n from read_csv([%1$s], auto_detect = false, header = true, delim = ',',
                    quote = '"', escape = '"', nullstr = '', null_padding = true, filename = true, columns = {%2$s}))""".formatted(
                files.stream().map(Database::text).collect(Collectors.joining(", ")),
                List.of(columns).stream().map("'%s': 'VARCHAR'"::formatted).collect(Collectors.joining(", "))));
    }

    private static List<Path> files(Path place) {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        try (var files = Files.list(place)) {
            var found = files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted(Comparator.comparing(file -> String.valueOf(file.getFileName())))
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "Cannot read %s: it has no .csv file; name another folder".formatted(place));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + place, e);
        }
    }
}
