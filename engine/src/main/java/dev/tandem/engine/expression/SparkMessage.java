package dev.tandem.engine.expression;

import java.util.regex.Pattern;

/** Spark's messages in one line a person can read: without the condition's code, the SQL state, the position and the plan. */
final class SparkMessage {
    private static final Pattern CONDITION = Pattern.compile("^\\s*\\[[A-Z0-9_.]+]\\s*");
    private static final Pattern REST = Pattern.compile("\\s*SQLSTATE: .*", Pattern.DOTALL);

    private SparkMessage() {}

    static String of(Throwable thrown) {
        var message = String.valueOf(thrown.getMessage());
        var short_ = REST.matcher(CONDITION.matcher(message).replaceFirst("")).replaceFirst("");
        return short_.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(thrown.toString());
    }
}
