package dev.tandem.model.reading;

import java.util.List;

/** The databases that a definition can name. */
final class Databases {
    private static final List<String> KNOWN = List.of("mysql", "mariadb", "postgres", "postgresql", "sqlite");

    private Databases() {}

    static String named(YamlMap map, String key, Problems problems) {
        var name = map.requiredText(key, "mysql");
        if (!name.isBlank() && !KNOWN.contains(name)) {
            problems.add(
                    map.placeOfValue(key), "there is no database '%s'".formatted(name), Problems.mend(name, KNOWN));
        }
        return name;
    }
}
