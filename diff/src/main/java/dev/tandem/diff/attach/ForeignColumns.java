package dev.tandem.diff.attach;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Finds the columns of a view in the table of another job: under the name that is given, else the same name, whatever its case and underscores. */
final class ForeignColumns {
    private static final List<UnaryOperator<String>> SPELLINGS = List.of(
            name -> name,
            name -> name.toLowerCase(Locale.ROOT),
            name -> name.toLowerCase(Locale.ROOT).replaceAll("[_\\- .]", ""));

    private final Duck duck;
    private final String raw;
    private final String shown;
    private final Map<String, String> given;
    private final List<Duck.Column> columns;

    /**
     * A column of the table.
     *
     * @param sql the expression that reads it
     * @param type as DuckDB calls it
     */
    record Found(String sql, String type) {
        boolean floating() {
            return type.equals("DOUBLE") || type.equals("FLOAT");
        }

        /** Digits behind the point of a decimal; empty for any other type. */
        Optional<Integer> scale() {
            return type.startsWith("DECIMAL(")
                    ? Optional.of(Integer.valueOf(type.substring(type.indexOf(',') + 1, type.indexOf(')'))
                            .strip()))
                    : Optional.empty();
        }

        /** Microseconds since 1970; null where it is no time. Times without a zone are those of {@code zone}. */
        String micros(Optional<ZoneId> zone) {
            var time = "TRY_CAST(%s AS TIMESTAMP)".formatted(sql);
            var local =
                    "epoch_us(%s)".formatted(zone.map(it -> Sql.utc(time, it)).orElse(time));
            return switch (type) {
                case "TIMESTAMP WITH TIME ZONE" -> "epoch_us(%s)".formatted(sql);
                case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" ->
                    "CASE WHEN abs(%1$s) < 100000000000 THEN %1$s * 1000000 WHEN abs(%1$s) < 100000000000000 THEN %1$s * 1000 ELSE %1$s END"
                            .formatted(sql);
                case "VARCHAR" ->
                    "CASE WHEN regexp_matches(%1$s, '(Z|[+-][0-9]{2}(:?[0-9]{2})?)$') AND length(%1$s) > 10 THEN epoch_us(TRY_CAST(%1$s AS TIMESTAMPTZ)) ELSE %2$s END"
                            .formatted(sql, local);
                default -> local;
            };
        }
    }

    ForeignColumns(Duck duck, String raw, String shown, Map<String, String> given) {
        this.duck = duck;
        this.raw = raw;
        this.shown = shown;
        this.given = given;
        this.columns = duck.columns(raw);
    }

    /** The column of the view that must be there. */
    Found required(String name) {
        return find(name)
                .orElseThrow(() -> DiffException.question(
                        "Cannot find '%s' in %s: it has %s; say which column it is with 'columns: { %s: NAME }'"
                                .formatted(name, shown, names(), name)));
    }

    Optional<Found> find(String name) {
        var own = given.get(name);
        if (own != null) {
            return Optional.of(named(own)
                    .orElseThrow(() -> DiffException.question(
                            "Cannot find '%s' in %s, which is said to be '%s': it has %s; correct 'columns'"
                                    .formatted(own, shown, name, names()))));
        }
        return named(name);
    }

    private Optional<Found> named(String name) {
        for (var spelling : SPELLINGS) {
            var found = columns.stream()
                    .filter(column -> spelling.apply(column.name()).equals(spelling.apply(name)))
                    .findFirst();
            if (found.isPresent()) {
                return Optional.of(
                        new Found(Sql.name(found.get().name()), found.get().type()));
            }
        }
        return inside(name);
    }

    /** Spark writes the bounds of a window as one column of two fields: {@code window.start}, for {@code window_start} too. */
    private Optional<Found> inside(String name) {
        int cut = name.indexOf('.') >= 0 ? name.indexOf('.') : name.equals("window_start") ? "window".length() : -1;
        if (cut < 0) {
            return Optional.empty();
        }
        var whole = name.substring(0, cut);
        var field = name.substring(cut + 1);
        return columns.stream()
                .filter(column -> column.name().equals(whole) && column.type().startsWith("STRUCT("))
                .filter(column -> column.type().contains(field) || column.type().contains(Sql.name(field)))
                .findFirst()
                .map(column -> {
                    var sql = "struct_extract(%s, %s)".formatted(Sql.name(whole), Sql.text(field));
                    return new Found(sql, typeOf(sql));
                });
    }

    private String typeOf(String sql) {
        return duck.columns("(SELECT %s AS x FROM %s)".formatted(sql, raw))
                .get(0)
                .type();
    }

    String names() {
        return columns.stream().map(Duck.Column::name).collect(Collectors.joining(", "));
    }
}
