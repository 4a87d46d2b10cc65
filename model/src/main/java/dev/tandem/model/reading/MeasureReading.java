package dev.tandem.model.reading;

import dev.tandem.model.Expression;
import dev.tandem.model.Measure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code measures} of a view: a word, what it computes over, and perhaps a filter. */
final class MeasureReading {
    private static final Pattern MEASURE = Pattern.compile("(\\w+)\\s*\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern FILTERED =
            Pattern.compile("(.*\\))\\s*FILTER\\s*\\(\\s*WHERE\\s(.+)\\)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("(.*\\S.*),\\s*(\\d{1,9}(?:\\.\\d{1,17})?)", Pattern.DOTALL);
    private static final String EXAMPLE = "write e.g. count(*), sum(amount) or count(*) FILTER (WHERE kind = 'buy')";

    private final Problems problems;

    MeasureReading(Problems problems) {
        this.problems = problems;
    }

    List<Measure> measures(YamlMap map) {
        return map.expressions().stream()
                .flatMap(entry -> measure(entry).stream())
                .toList();
    }

    private Optional<Measure> measure(Map.Entry<String, Expression> entry) {
        var place = entry.getValue().place();
        var text = entry.getValue().text().strip();
        var filtered = FILTERED.matcher(text);
        Optional<Expression> filter = filtered.matches()
                ? Optional.of(new Expression(filtered.group(2).strip(), place))
                : Optional.empty();
        var call = MEASURE.matcher(filtered.matches() ? filtered.group(1) : text);
        if (!call.matches()) {
            problems.add(place, "'%s' is not a measure".formatted(text), EXAMPLE);
            return Optional.empty();
        }
        var word = call.group(1);
        var kind = Measure.Kind.named(word);
        if (kind.isEmpty()) {
            problems.add(place, "there is no measure '%s'".formatted(word), Problems.hint(word, Measure.Kind.words()));
            return Optional.empty();
        }
        var argument = call.group(2).strip();
        boolean star = argument.equals("*");
        if (argument.isEmpty() || (star && kind.get() != Measure.Kind.COUNT)) {
            problems.add(place, "%s needs something to compute".formatted(word), EXAMPLE);
            return Optional.empty();
        }
        if (kind.get().parameter() != Measure.Kind.Parameter.NONE) {
            return withParameter(entry.getKey(), kind.get(), new Expression(argument, place), filter);
        }
        Optional<Expression> computed = star ? Optional.empty() : Optional.of(new Expression(argument, place));
        return Optional.of(new Measure(entry.getKey(), kind.get(), computed, 0, filter));
    }

    /** {@code arguments} are what it computes over and its parameter. */
    private Optional<Measure> withParameter(
            String name, Measure.Kind kind, Expression arguments, Optional<Expression> filter) {
        var parts = PARAMETER.matcher(arguments.text());
        var parameter = kind.parameter();
        if (!parts.matches() || !parameter.takes(Double.parseDouble(parts.group(2)))) {
            problems.add(
                    arguments.place(),
                    "%s needs what it computes over and %s, not '%s'"
                            .formatted(kind.word(), parameter.words(), arguments.text()),
                    "write e.g. " + kind.call("amount"));
            return Optional.empty();
        }
        return Optional.of(new Measure(
                name,
                kind,
                Optional.of(new Expression(parts.group(1).strip(), arguments.place())),
                Double.parseDouble(parts.group(2)),
                filter));
    }
}
