package dev.tandem.diff.attach;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.model.FieldType;
import dev.tandem.model.PathStep;
import dev.tandem.model.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The SQL that makes of a row the JSON object that the parser of records reads: all digits of numbers, times as ISO 8601, no member for a
 * null. A text that holds JSON is put in as such where the schema reaches into it, in one line.
 */
final class RowJson {
    private final String shown;
    private final List<Duck.Column> columns;

    RowJson(String shown, List<Duck.Column> columns) {
        this.shown = shown;
        this.columns = columns;
    }

    /** The object of the columns that {@code schema} reads. */
    String of(Schema schema) {
        var members = new ArrayList<String>();
        read(schema).forEach((name, fields) -> {
            var column = column(name, fields.get(0).name());
            var member = Sql.text(quotedName(name) + ":");
            members.add("CASE WHEN %s IS NOT NULL THEN %s || %s END"
                    .formatted(Sql.name(column.name()), member, value(column, fields)));
        });
        return "'{' || concat_ws(',', %s) || '}'".formatted(String.join(", ", members));
    }

    /** The fields by the name of the column that holds them, or that they lie in. */
    private static Map<String, List<Schema.Field>> read(Schema schema) {
        return schema.inRecord().fields().stream()
                .collect(Collectors.groupingBy(
                        field -> ((PathStep.Member) field.origin().path().get(0)).name(),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    /** The column of this name, else the one whose name differs in case alone. */
    private Duck.Column column(String name, String field) {
        return columns.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(it -> it.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> DiffException.question(
                        "Cannot read %s: it has no column '%s', only %s; name the column of the field in the schema, as in %s STRING FROM 'column'"
                                .formatted(
                                        shown,
                                        name,
                                        columns.stream().map(Duck.Column::name).collect(Collectors.joining(", ")),
                                        field)));
    }

    private static String quotedName(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String value(Duck.Column column, List<Schema.Field> fields) {
        var name = Sql.name(column.name());
        var type = column.type();
        var field = fields.get(0).type();
        if (isNested(type)) {
            return "CAST(to_json(%s) AS VARCHAR)".formatted(name);
        }
        boolean reaches = fields.stream().anyMatch(it -> it.origin().path().size() > 1) || field.isList();
        if (type.equals("JSON") || (type.equals("VARCHAR") && reaches)) {
            return "CASE WHEN json_valid(%1$s) THEN translate(CAST(%1$s AS VARCHAR), chr(10) || chr(13), '  ') ELSE %2$s END"
                    .formatted(name, quoted(name));
        }
        var text = text(name, type);
        if (field.isText()) {
            return quoted(text);
        }
        return field.isTruth() ? truth(text, type) : plain(text, type, field);
    }

    private static boolean isNested(String type) {
        return type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP") || type.startsWith("UNION");
    }

    private static String plain(String text, String type, FieldType field) {
        if (type.equals("BOOLEAN")) {
            return "CASE %s WHEN 'true' THEN '1' ELSE '0' END".formatted(text);
        }
        if (type.equals("DATE") && field.isTimestamp()) {
            return quoted(text + " || 'T00:00:00'");
        }
        boolean digits = type.endsWith("INT") || type.equals("INTEGER") || type.startsWith("DECIMAL");
        return digits ? text : quoted(text);
    }

    /** MySQL and SQLite keep truth as 1 and 0. */
    private static String truth(String text, String type) {
        return type.equals("BOOLEAN")
                ? text
                : "CASE lower(%1$s) WHEN '1' THEN 'true' WHEN '0' THEN 'false' WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE %2$s END"
                        .formatted(text, quoted(text));
    }

    /** Bytes that are no UTF-8 are shown as DuckDB shows them, and are left to the parser. */
    private static String text(String name, String type) {
        if (type.equals("TIMESTAMP WITH TIME ZONE")) {
            return "replace(CAST(timezone('UTC', %s) AS VARCHAR), ' ', 'T') || 'Z'".formatted(name);
        }
        if (type.startsWith("TIMESTAMP")) {
            return "replace(CAST(%s AS VARCHAR), ' ', 'T')".formatted(name);
        }
        return type.equals("BLOB")
                ? "coalesce(TRY(decode(%1$s)), CAST(%1$s AS VARCHAR))".formatted(name)
                : "CAST(%s AS VARCHAR)".formatted(name);
    }

    private static String quoted(String text) {
        return "CAST(to_json(%s) AS VARCHAR)".formatted(text.contains("||") ? "(" + text + ")" : text);
    }
}
