package dev.tandem.model.reading;

import dev.tandem.model.FieldOrigin;
import dev.tandem.model.FieldOrigin.Beside;
import dev.tandem.model.FieldType;
import dev.tandem.model.Place;
import dev.tandem.model.Schema;
import dev.tandem.model.Schema.Conversion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field of a schema: its name and type, and behind them in any order {@code LENIENT}, {@code EPOCH MILLIS}, {@code NOT NULL}
 * and {@code FROM 'name'} or {@code FROM KEY}.
 */
final class FieldReading {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w{0,62}");
    private static final Pattern WORD = Pattern.compile("'(?:[^']|'')*'|[^\\s']+");
    private static final List<String> CLAUSES = List.of("NOT", "LENIENT", "EPOCH", "FROM");
    private static final String EXAMPLE = "write e.g. 'likes INT' or 'id STRING NOT NULL'";
    private static final String ORIGINS =
            "write e.g. FROM 'log.level', FROM '$.user.id', FROM KEY, FROM HEADER 'tenant', FROM PARTITION or FROM FILE";

    private final Problems problems;
    private final Place place;
    private final String text;
    private final Deque<String> words = new ArrayDeque<>();
    private Conversion conversion = Conversion.NONE;
    private Optional<FieldOrigin> origin = Optional.empty();
    private boolean required;
    private boolean sound = true;

    FieldReading(String text, Place place, Problems problems) {
        this.problems = problems;
        this.place = place;
        this.text = text;
    }

    /** Empty if something is wrong with it, which has been told. */
    Optional<Schema.Field> read() {
        var found = WORD.matcher(text);
        found.results().forEach(word -> words.add(word.group()));
        boolean whole = WORD.matcher(text).replaceAll("").isBlank();
        var name = whole ? words.poll() : null;
        var written = type();
        if (name == null || !NAME.matcher(name).matches() || written.isEmpty()) {
            return wrong("'%s' is not a field".formatted(text), EXAMPLE);
        }
        var type = FieldType.named(written);
        if (type.isEmpty()) {
            return wrong("the field '%s' has no known type '%s'".formatted(name, written), TypeNames.hint(written));
        }
        while (!words.isEmpty() && sound) {
            clause(name);
        }
        checkConversion(name, type.get());
        checkOrigin(name, type.get());
        var from = origin.orElseGet(() -> new FieldOrigin.Named(name));
        return sound ? Optional.of(new Schema.Field(name, type.get(), required, from, conversion)) : Optional.empty();
    }

    /** The words up to the first clause. */
    private String type() {
        var type = new ArrayList<String>();
        while (!words.isEmpty() && !CLAUSES.contains(upper(words.peek()))) {
            type.add(words.remove());
        }
        return String.join(" ", type);
    }

    private void clause(String name) {
        switch (upper(words.remove())) {
            case "NOT" -> {
                required = true;
                requireNext(name, "NOT", "NULL");
            }
            case "LENIENT" -> convert(name, Conversion.LENIENT);
            case "EPOCH" -> epoch(name);
            case "FROM" -> from(name);
            default -> wrong("'%s' is not a field".formatted(text), EXAMPLE);
        }
    }

    private void requireNext(String name, String before, String next) {
        if (!upper(words.poll()).equals(next)) {
            wrong(
                    "the field '%s' has %s without %s".formatted(name, before, next),
                    "write %s %s".formatted(before, next));
        }
    }

    private void epoch(String name) {
        switch (upper(words.poll())) {
            case "SECONDS" -> convert(name, Conversion.EPOCH_SECONDS);
            case "MILLIS" -> convert(name, Conversion.EPOCH_MILLIS);
            case "MICROS" -> convert(name, Conversion.EPOCH_MICROS);
            default ->
                wrong(
                        "the field '%s' does not say in which unit its epoch is".formatted(name),
                        "write EPOCH SECONDS, EPOCH MILLIS or EPOCH MICROS");
        }
    }

    private void convert(String name, Conversion wanted) {
        if (conversion != Conversion.NONE) {
            wrong("the field '%s' is converted twice".formatted(name), "keep one of LENIENT and EPOCH");
        }
        conversion = wanted;
    }

    private void from(String name) {
        if (origin.isPresent()) {
            wrong("the field '%s' comes FROM two places".formatted(name), "keep one of them");
            return;
        }
        var word = Optional.ofNullable(words.poll()).orElse("");
        switch (upper(word)) {
            case "PARTITION" -> origin = Optional.of(FieldOrigin.OfMessage.PARTITION);
            case "OFFSET" -> origin = Optional.of(FieldOrigin.OfMessage.OFFSET);
            case "BROKER" -> {
                requireNext(name, "BROKER", "TIME");
                origin = Optional.of(FieldOrigin.OfMessage.BROKER_TIME);
            }
            case "KEY" -> origin = Optional.of(new Beside(Beside.Part.KEY));
            case "HEADER" -> header(name);
            case "TIMESTAMP" -> origin = Optional.of(new Beside(Beside.Part.TIMESTAMP));
            case "FILE" -> origin = Optional.of(new Beside(Beside.Part.FILE));
            case "RECORD" -> origin = Optional.of(new Beside(Beside.Part.RECORD));
            default -> origin = quoted(name, word);
        }
    }

    private void header(String name) {
        var header = unquoted(Optional.ofNullable(words.poll()).orElse(""));
        if (header.isBlank()) {
            wrong("the field '%s' does not say from which HEADER it comes".formatted(name), "write FROM HEADER 'name'");
        }
        origin = Optional.of(new Beside(Beside.Part.HEADER, header));
    }

    /** Empty for a word without quotes. */
    private static String unquoted(String word) {
        return word.startsWith("'") && word.length() > 2
                ? word.substring(1, word.length() - 1).replace("''", "'")
                : "";
    }

    private Optional<FieldOrigin> quoted(String name, String word) {
        var source = unquoted(word);
        if (source.isBlank()) {
            wrong("the field '%s' does not say what it comes FROM".formatted(name), ORIGINS);
            return Optional.empty();
        }
        if (!source.startsWith("$.") && !source.startsWith("$[")) {
            return Optional.of(new FieldOrigin.Named(source));
        }
        var path = FieldOrigin.Path.of(source);
        if (path.isEmpty()) {
            wrong(
                    "the field '%s' comes from '%s', which is not a path into an object".formatted(name, source),
                    "write e.g. '$.user.id', '$.items[0].sku' or '$[\"odd.name\"].id'");
        }
        return path.map(it -> it);
    }

    private void checkConversion(String name, FieldType type) {
        var inner = type;
        while (inner.isList()) {
            inner = inner.asList().orElseThrow().element();
        }
        if (conversion == Conversion.LENIENT && !inner.isText()) {
            wrong(
                    "the field '%s' is a LENIENT %s, and only text can be".formatted(name, type.sql()),
                    "write '%s STRING LENIENT', or remove LENIENT".formatted(name));
        }
        if (conversion == Conversion.LENIENT
                && origin.filter(Beside.class::isInstance).isPresent()) {
            wrong("the field '%s' is LENIENT, and what it comes from is text anyway".formatted(name), "remove LENIENT");
        }
        if (conversion.micros() > 0 && !inner.isTimestamp()) {
            wrong(
                    "the field '%s' is the EPOCH of a %s, and only a time has one".formatted(name, type.sql()),
                    "write '%s TIMESTAMP%s', or remove EPOCH".formatted(name, conversion.sql()));
        }
    }

    private void checkOrigin(String name, FieldType type) {
        origin.map(from -> fitting(from, type))
                .filter(types -> !types.isEmpty())
                .ifPresent(types -> checkType(name, type, types));
    }

    /** The types that a value from {@code from} may have, the usual one first; empty for any. */
    private static List<String> fitting(FieldOrigin from, FieldType type) {
        if (from instanceof FieldOrigin.OfMessage of) {
            return switch (of) {
                case PARTITION -> List.of("INT", "BIGINT");
                case OFFSET -> List.of("BIGINT");
                case BROKER_TIME -> List.of("TIMESTAMP");
            };
        }
        if (from instanceof Beside beside) {
            return switch (beside.part()) {
                case KEY, HEADER -> type.isList() || type.isTruth() ? List.of("STRING") : List.of();
                case TIMESTAMP -> List.of("TIMESTAMP");
                case FILE -> List.of("STRING");
                case RECORD -> List.of("BIGINT");
            };
        }
        return List.of();
    }

    private void checkType(String name, FieldType type, List<String> fitting) {
        if (!fitting.contains(type.sql()) || conversion != Conversion.NONE) {
            var from = origin.map(FieldOrigin::sql).orElseThrow();
            wrong(
                    "the field '%s' comes from %s and is %s%s".formatted(name, from, type.sql(), conversion.sql()),
                    "write '%s %s FROM %s'".formatted(name, fitting.get(0), from));
        }
    }

    private static String upper(@Nullable String word) {
        return word == null ? "" : word.toUpperCase(Locale.ROOT);
    }

    private Optional<Schema.Field> wrong(String what, String hint) {
        sound = false;
        problems.add(place, what, hint);
        return Optional.empty();
    }
}
