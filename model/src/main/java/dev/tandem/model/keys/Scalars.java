package dev.tandem.model.keys;

import static dev.tandem.model.keys.Value.scalar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Single values, each with its form in JSON Schema. */
public final class Scalars {
    /** The databases that are named by a word. */
    public static final List<String> DATABASES =
            List.of("mysql", "mariadb", "postgres", "postgresql", "sqlite", "duckdb");

    static final Value ANY_TEXT = Value.exactly("text", "{\"type\": \"string\"}");
    static final Value TEXT = scalar("text", "text");
    static final Value NAME = scalar("name", "name");
    static final Value EXPRESSION = scalar("expression", "expression");
    static final Value CONDITION = EXPRESSION.called("condition");
    static final Value ZONE = scalar("zone", "zone");
    static final Value COUNT = scalar("whole number, 1 to 1,000,000", "count");
    static final Value TIME = scalar("time", "duration");
    static final Value TIME_ABOVE_ZERO = scalar("time above zero", "pause");
    static final Value TIMES = scalar("times", "range");
    static final Value PERCENT = scalar("percent", "percent");
    static final Value SHARE = scalar("share", "share");
    static final Value RATE = scalar("rate", "rate");
    static final Value DATABASE = scalar("database", "database");
    static final Value FOLDER = TEXT.called("folder");
    static final Value FILE = TEXT.called("file");
    static final Value YES = Value.exactly("`true`", "{\"const\": true}");
    static final Value TRUTH = Value.exactly("`true`, `false`", "{\"type\": \"boolean\"}");
    static final Value EXPRESSIONS = scalar("map of name to expression", "expressions");
    static final Value PLAIN = Value.exactly("value", "{\"type\": [\"string\", \"number\", \"boolean\"]}");

    private Scalars() {}

    /** The forms that are referred to by name. */
    public static Map<String, String> definitions() {
        var all = new LinkedHashMap<String, String>();
        all.put("text", "{\"type\": \"string\", \"pattern\": \"\\\\S\"}");
        all.put("name", "{\"type\": \"string\", \"pattern\": \"^[A-Za-z_][A-Za-z0-9_]{0,62}$\"}");
        all.put(
                "column",
                "{\"allOf\": [{\"$ref\": \"#/$defs/name\"}, {\"not\": {\"enum\": [\"window_start\", \"window_end\"]}}]}");
        all.put("expression", "{\"type\": [\"string\", \"number\", \"boolean\"]}");
        all.put("zone", "{\"type\": \"string\", \"pattern\": \"^[A-Za-z+-][A-Za-z0-9_/:+-]*$\"}");
        all.put("count", "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 1000000}");
        all.put("duration", """
                {"type": "string", "pattern": "^\\\\s*([0-9]{1,12}\\\\s*(ms|milliseconds?|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\\\\s*)+$"}""");
        all.put("pause", "{\"allOf\": [{\"$ref\": \"#/$defs/duration\"}, {\"pattern\": \"[1-9]\"}]}");
        all.put("range", "{\"type\": \"string\", \"pattern\": \"^\\\\s*\\\\d[^.]*(\\\\.\\\\.\\\\s*\\\\d[^.]*)?$\"}");
        all.put("percent", """
                {"type": "string", "pattern": "^\\\\s*[0-9]{1,18}(\\\\.[0-9]{1,18})?([eE]-?[0-9]{1,2})?\\\\s*%\\\\s*$"}""");
        all.put("share", """
                {"type": "string", "pattern": "^\\\\s*(100(\\\\.0{1,18})?|[0-9]{1,2}(\\\\.[0-9]{1,18})?([eE]-[0-9]{1,2})?)\\\\s*%\\\\s*$"}""");
        all.put("rate", """
                {"type": "string", "pattern": "^(?=.*[1-9])\\\\s*[0-9]{1,18}(\\\\.[0-9]{1,18})?([eE]-?[0-9]{1,2})?\\\\s*/\\\\s*s\\\\s*$"}""");
        all.put(
                "database",
                "{\"anyOf\": [%s, {\"type\": \"string\", \"pattern\": \"[^/]\\\\.(db|duckdb)$\"}]}"
                        .formatted(Value.oneOf(DATABASES).schema()));
        all.put("expressions", """
                {"type": "object", "propertyNames": {"$ref": "#/$defs/name"}, "additionalProperties": {"$ref": "#/$defs/expression"}}""");
        return all;
    }
}
