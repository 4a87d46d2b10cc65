package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A file, a folder of files, or a glob pattern, which DuckDB reads by itself.
 *
 * @param pattern a path or glob pattern that is absolute
 */
record FileSide(String shown, String pattern, Optional<Format> format) implements Side {
    /** So many rows decide on the types of CSV and JSON; when a later one does not fit, the whole file decides. */
    private static final int SAMPLE = 100_000;

    /** What is in a file, by the end of its name. */
    enum Format {
        PARQUET(".parquet .pq"),
        CSV(".csv .csv.gz .tsv .tsv.gz"),
        JSON(".json .jsonl .ndjson .json.gz .jsonl.gz .ndjson.gz");

        /** Separated by blanks. */
        private final String endings;

        Format(String endings) {
            this.endings = endings;
        }

        static Optional<Format> of(String file) {
            var lower = file.toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(format -> Arrays.stream(format.endings.split(" ")).anyMatch(lower::endsWith))
                    .findFirst();
        }
    }

    static Optional<FileSide> recognise(TableReference given) {
        var address = given.address();
        var named = Arrays.stream(Format.values())
                .filter(format -> address.startsWith(format.name().toLowerCase(Locale.ROOT) + ":"))
                .findFirst();
        var text = named.map(format -> address.substring(format.name().length() + 1))
                .orElse(address);
        boolean glob = text.contains("*") || text.contains("?");
        var path = glob ? given.surroundings().directory() : given.path(text);
        if (!glob && !Files.exists(path)) {
            if (named.isPresent() || Format.of(text).isPresent() || text.contains("/")) {
                throw DiffException.surroundings(
                        "Cannot read %s: there is no such file or folder; check the path".formatted(path));
            }
            return Optional.empty();
        }
        Sides.refuseQuery(given, "a file");
        return Optional.of(new FileSide(address, glob ? absolute(path, text) : folderOrFile(path), named));
    }

    private static String absolute(Path directory, String glob) {
        return glob.startsWith("/") ? glob : directory + "/" + glob;
    }

    private static String folderOrFile(Path path) {
        return Files.isDirectory(path) ? path + "/**" : path.toString();
    }

    @Override
    public Reading read(Duck duck, String table) {
        var files = files(duck);
        var chosen = format.orElseGet(() -> onlyFormat(files));
        var readable = format.isPresent()
                ? files
                : files.stream().filter(file -> Format.of(file).isPresent()).toList();
        try {
            return switch (chosen) {
                case PARQUET -> parquet(duck, table, readable);
                case CSV -> csv(duck, table, readable);
                case JSON -> json(duck, table, readable);
            };
        } catch (DiffException e) {
            throw DiffException.surroundings("Cannot read %s: %s".formatted(shown, e.getMessage()), e);
        }
    }

    /** Without what writers leave beside the data, as {@code _SUCCESS} and {@code .part.crc}. */
    List<String> files(Duck duck) {
        int base = Math.max(0, pattern.indexOf('*'));
        var found = duck
                .list("SELECT file FROM glob(%s) ORDER BY file".formatted(Sql.text(pattern)), row -> row.getString(1))
                .stream()
                .filter(file -> Arrays.stream(
                                file.substring(Math.min(base, file.length())).split("/", -1))
                        .noneMatch(part -> part.startsWith("_") || part.startsWith(".")))
                .toList();
        if (found.isEmpty()) {
            throw DiffException.surroundings(
                    "Cannot read %s: no file is there; check the path or pattern".formatted(shown));
        }
        return found;
    }

    private Format onlyFormat(List<String> files) {
        var counts = new TreeMap<Format, Integer>();
        files.forEach(file -> Format.of(file).ifPresent(found -> counts.merge(found, 1, Integer::sum)));
        if (counts.size() == 1) {
            return counts.firstKey();
        }
        throw DiffException.question(
                "Cannot read %s: it has %s; name the format, as in parquet:%s, csv:%s or json:%s, or give a pattern that meets files of one kind"
                        .formatted(
                                shown,
                                counts.isEmpty() ? "no file whose name ends in a known format" : told(counts),
                                shown,
                                shown,
                                shown));
    }

    private static String told(Map<Format, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> "%d %s file(s)"
                        .formatted(entry.getValue(), entry.getKey().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(" and "));
    }

    private Reading parquet(Duck duck, String table, List<String> files) {
        duck.run("CREATE VIEW %s AS SELECT * FROM read_parquet(%s, union_by_name = true)"
                .formatted(table, Sql.texts(files)));
        return new Reading(consistency(files), Typing.DECLARED);
    }

    private Reading csv(Duck duck, String table, List<String> files) {
        var options = "union_by_name = true, allow_quoted_nulls = false, sample_size = " + SAMPLE;
        var source = "read_csv(%s, %s".formatted(Sql.texts(files), options);
        try {
            var types = withLeadingZeros(duck, source).stream()
                    .map(column -> Sql.text(column) + ": 'VARCHAR'")
                    .collect(Collectors.joining(", "));
            duck.run("CREATE TABLE %s AS SELECT * FROM %s%s)"
                    .formatted(table, source, types.isEmpty() ? "" : ", types = {" + types + "}"));
            return new Reading(consistency(files), Typing.DECLARED);
        } catch (DiffException notAsTheSampleSays) {
            duck.run("CREATE OR REPLACE TABLE %s AS SELECT * FROM %s, all_varchar = true)".formatted(table, source));
            return new Reading(consistency(files), Typing.BY_VALUE);
        }
    }

    /** Columns that look like numbers, but would lose something as such: {@code 007} is a name. */
    private static List<String> withLeadingZeros(Duck duck, String source) {
        var numeric = duck.columns(source + ")").stream()
                .filter(column ->
                        column.type().equals("BIGINT") || column.type().equals("DOUBLE"))
                .map(Duck.Column::name)
                .toList();
        if (numeric.isEmpty()) {
            return List.of();
        }
        var tests = numeric.stream()
                .map(name -> "coalesce(bool_or(regexp_matches(%s, '^[+-]?0[0-9]')), false)".formatted(Sql.name(name)))
                .collect(Collectors.joining(", "));
        var found = duck.list(
                "SELECT %s FROM (SELECT * FROM %s, all_varchar = true) LIMIT %d)".formatted(tests, source, SAMPLE),
                row -> {
                    var flags = new boolean[numeric.size()];
                    for (int index = 0; index < flags.length; index++) {
                        flags[index] = row.getBoolean(index + 1);
                    }
                    return flags;
                });
        return numeric.stream()
                .filter(name -> found.get(0)[numeric.indexOf(name)])
                .toList();
    }

    private Reading json(Duck duck, String table, List<String> files) {
        var source = "read_json(%s, union_by_name = true, sample_size = ".formatted(Sql.texts(files));
        try {
            duck.run("CREATE TABLE %s AS SELECT * FROM %s%d)".formatted(table, source, SAMPLE));
        } catch (DiffException notAsTheSampleSays) {
            duck.run("CREATE OR REPLACE TABLE %s AS SELECT * FROM %s-1)".formatted(table, source));
        }
        return new Reading(consistency(files), Typing.DECLARED);
    }

    static String consistency(List<String> files) {
        return files.size() == 1 ? "one file" : "%d files as listed at the start".formatted(files.size());
    }
}
