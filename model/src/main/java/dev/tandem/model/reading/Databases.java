package dev.tandem.model.reading;

import dev.tandem.model.keys.Scalars;
import java.util.List;
import java.util.regex.Pattern;

/** The databases that a definition can name: by a word, or SQLite and DuckDB by the file. */
final class Databases {
    private static final List<String> KNOWN = Scalars.DATABASES;
    private static final Pattern FILE = Pattern.compile(".*[^/]\\.(db|duckdb)");

    private Databases() {}

    static String named(YamlMap map, String key, Problems problems) {
        var name = map.requiredText(key, "mysql");
        if (FILE.matcher(name).matches()) {
            return OutputReading.folder(name);
        }
        if (!name.isBlank() && !KNOWN.contains(name)) {
            problems.add(
                    map.placeOfValue(key), "there is no database '%s'".formatted(name), Problems.hint(name, KNOWN));
        }
        return name;
    }
}
