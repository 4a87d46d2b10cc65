package dev.tandem.model.keys;

import dev.tandem.model.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of docs/definition.md. Each stands between {@code <!-- keys: … -->} and {@code <!-- end of keys -->}; the first names
 * sections, with {@code :} some keys of them, and with {@code @} what their names begin with.
 */
final class ReferenceTables {
    private static final Pattern TABLE =
            Pattern.compile("<!-- keys: ([^\\n]*?) -->\\n.*?<!-- end of keys -->", Pattern.DOTALL);
    private static final String MEASURES = "<!-- measures -->";
    private static final String END = "<!-- end of measures -->";
    private static final Pattern MEASURE_TABLE = Pattern.compile(MEASURES + "\\n.*?" + END, Pattern.DOTALL);
    private static final Pattern ITEM = Pattern.compile("([A-Za-z]+)(?::([a-z0-9_,]+))?(?:@([a-z_.<>]+))?");

    private final List<Section> sections;

    ReferenceTables(Section root) {
        sections = List.copyOf(root.reachable());
    }

    /** {@code document} with its tables written anew. */
    String renewed(String document) {
        var measures = Arrays.stream(Measure.Kind.values())
                .map(ReferenceTables::row)
                .collect(Collectors.joining(
                        "",
                        MEASURES + "\n| measure | result | what it computes | adds up |\n|---|---|---|---|\n",
                        END));
        return keys(MEASURE_TABLE.matcher(document).replaceFirst(Matcher.quoteReplacement(measures)));
    }

    private static String row(Measure.Kind kind) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(kind.call("x"), kind.resultWords(), kind.about(), kind.isAdditive() ? "yes" : "no");
    }

    private String keys(String document) {
        return TABLE.matcher(document)
                .replaceAll(found -> Matcher.quoteReplacement(
                        "<!-- keys: %s -->\n%s<!-- end of keys -->".formatted(found.group(1), table(found.group(1)))));
    }

    /** Every key that a table of {@code document} has, as {@code section:key}. */
    List<String> shown(String document) {
        return TABLE.matcher(document)
                .results()
                .flatMap(found -> items(found.group(1)))
                .flatMap(item -> keys(item).map(key -> section(item).name() + ":" + key.name()))
                .toList();
    }

    private String table(String items) {
        var rows = items(items).flatMap(item -> keys(item).map(key -> row(key, item.group(3))));
        return "| key | what it says | type | default | example |\n|---|---|---|---|---|\n"
                + rows.collect(Collectors.joining());
    }

    private static Stream<MatchResult> items(String text) {
        return Arrays.stream(text.strip().split("\\s+")).map(item -> {
            var matcher = ITEM.matcher(item);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("Cannot read '%s' as section:key,key@prefix".formatted(item));
            }
            return matcher.toMatchResult();
        });
    }

    private Section section(MatchResult item) {
        return sections.stream()
                .filter(it -> it.name().equals(item.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no section '%s'".formatted(item.group(1))));
    }

    private Stream<Key> keys(MatchResult item) {
        var section = section(item);
        return item.group(2) == null
                ? section.keys().stream()
                : Arrays.stream(item.group(2).split(",")).map(section::key);
    }

    private static String row(Key key, String prefix) {
        return "| `%s%s` | %s | %s | %s | `%s` |\n"
                .formatted(
                        prefix == null ? "" : prefix + ".",
                        key.name(),
                        key.about(),
                        key.value().label(),
                        key.hasDefault()
                                ? "`%s`".formatted(key.absence().words())
                                : key.absence().words(),
                        key.examples().get(0));
    }
}
