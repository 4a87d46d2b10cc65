package dev.tandem.diff;

import dev.tandem.diff.table.Question;
import dev.tandem.diff.table.Question.Choice;
import dev.tandem.diff.table.Question.Wanted;
import dev.tandem.diff.table.Tolerance;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.model.reading.Problems;
import dev.tandem.model.reading.YamlMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A question in a file, {@code diff.yaml}, for a schedule or a build.
 *
 * @param left an address, still to be looked up
 */
public record DiffFile(
        String name,
        SideSettings left,
        SideSettings right,
        List<String> key,
        Choice choice,
        Optional<String> time,
        Optional<Duration> again) {
    private static final int MOST_BYTES = 1 << 20;

    /** One side as it is written. */
    public record SideSettings(String address, Optional<String> query, Optional<String> where, Optional<ZoneId> zone) {}

    /** Whether {@code file} holds such a question, as its first key tells. */
    public static boolean is(Path file) {
        var name = String.valueOf(file.getFileName());
        try {
            return (name.endsWith(".yaml") || name.endsWith(".yml"))
                    && Files.isRegularFile(file)
                    && Files.size(file) <= MOST_BYTES
                    && Files.readString(file).lines().anyMatch(line -> line.startsWith("diff:"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Reads {@code file}; {@code shown} is the name that messages use for it.
     *
     * @throws dev.tandem.model.DefinitionException with everything that is wrong with it
     */
    public static DiffFile read(Path file, String shown) {
        return DefinitionReader.mapping(file, shown, DiffFile::read);
    }

    private static DiffFile read(YamlMap map, Problems problems) {
        var name = map.requiredText("diff", "orders");
        var left = side(map, "left", problems);
        var right = side(map, "right", problems);
        var key = map.oneOrMore("key");
        if (key.isEmpty()) {
            problems.add(map.place(), "the key 'key' is missing", "add e.g. 'key: [window_start, tag]'");
        }
        return new DiffFile(name, left, right, key, choice(map, problems), map.text("time"), map.duration("again"));
    }

    private static SideSettings side(YamlMap map, String side, Problems problems) {
        if (!map.has(side)) {
            problems.add(
                    map.place(),
                    "the key '%s' is missing".formatted(side),
                    "add e.g. '%s: lake/*.parquet'".formatted(side));
            return new SideSettings("", Optional.empty(), Optional.empty(), Optional.empty());
        }
        if (map.isText(side)) {
            return new SideSettings(
                    map.requiredText(side, "lake/*.parquet"), Optional.empty(), Optional.empty(), Optional.empty());
        }
        var wish = map.map(side).orElseThrow();
        var read = wish(wish);
        wish.refuseOthers();
        return read;
    }

    /** A side that is written with more than its address. */
    static SideSettings wish(YamlMap side) {
        return new SideSettings(
                side.requiredText("from", "postgres://user@host:5432/db?table=orders"),
                side.filledText("query", "SELECT * FROM orders"),
                side.filledText("where", "amount > 0"),
                side.zone("zone"));
    }

    private static Choice choice(YamlMap map, Problems problems) {
        return new Choice(
                map.oneOrMore("columns"),
                map.oneOrMore("ignore"),
                byColumn(map, "rename", Optional::of, problems),
                byColumn(map, "type", Wanted::read, problems),
                map.isText("tolerance") ? Map.of() : byColumn(map, "tolerance", Tolerance::read, problems),
                map.isText("tolerance")
                        ? map.converted(
                                "tolerance",
                                Tolerance::read,
                                "is not a tolerance",
                                "write e.g. 0.01, 1e-9 relative or 1%")
                        : Optional.empty());
    }

    static <T> Map<String, T> byColumn(
            YamlMap map, String key, Function<String, Optional<T>> reader, Problems problems) {
        var read = new LinkedHashMap<String, T>();
        map.map(key).ifPresent(columns -> {
            for (var column : columns.keys()) {
                columns.text(column)
                        .ifPresent(text -> reader.apply(text)
                                .ifPresentOrElse(
                                        it -> read.put(column, it),
                                        () -> problems.add(
                                                columns.placeOfValue(column),
                                                "'%s' is not a %s".formatted(text, key),
                                                hint(key))));
            }
        });
        return read;
    }

    private static String hint(String key) {
        return key.equals("type")
                ? "use one of "
                        + String.join(
                                ", ",
                                Arrays.stream(Wanted.values())
                                        .map(it -> it.name().toLowerCase(Locale.ROOT))
                                        .toList())
                : "write e.g. 0.01, 1e-9 relative or 1%";
    }

    /** The whole question, with the sides found. */
    public Question question(Question.Source leftSource, Question.Source rightSource, Question.Extent extent) {
        return new Question(name, leftSource, rightSource, key, choice, time, extent);
    }
}
