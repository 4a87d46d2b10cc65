package dev.tandem.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The key of a row as words of a command line. */
final class GivenKey {
    private GivenKey() {}

    /** Each of {@code words} is a column and its value, as in {@code tag=java}. */
    static Map<String, String> of(List<String> words) {
        var named = new LinkedHashMap<String, String>();
        for (var text : words) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw CommandException.usage(
                        "Cannot read the key '%s': write the column and its value, as in tag=java".formatted(text));
            }
            named.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return named;
    }
}
