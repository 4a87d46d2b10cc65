package dev.tandem.app.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a {@code .env} file: {@code KEY=VALUE}, also after {@code export}, in quotes or with a comment behind. Nothing is
 * expanded: a password with a dollar sign is that password. Messages name the line and never show it, since it may hold a secret.
 */
final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(.*)", Pattern.DOTALL);
    private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(?:#.*)?");
    private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:#.*)?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s+)#.*$");

    private final String shown;

    private DotEnv(String shown) {
        this.shown = shown;
    }

    /** {@code shown} is what messages call the file. */
    static Map<String, String> read(Path file, String shown) {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8), shown);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "Cannot read %s: %s; make it readable UTF-8 text, or move it away".formatted(shown, e), e);
        }
    }

    static Map<String, String> parse(String text, String shown) {
        var values = new LinkedHashMap<String, String>();
        var lines = text.lines().toList();
        for (int number = 1; number <= lines.size(); number++) {
            var line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                new DotEnv("%s:%d".formatted(shown, number)).read(line, values);
            }
        }
        return values;
    }

    private void read(String line, Map<String, String> into) {
        var matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new EnvironmentException(
                    "Cannot read %s: the line is not KEY=VALUE; write e.g. POSTGRES_HOST=127.0.0.1, or # before it"
                            .formatted(shown));
        }
        into.put(matcher.group(1), value(matcher.group(2)));
    }

    private String value(String text) {
        if (text.startsWith("'")) {
            return quoted(SINGLE, text);
        }
        if (text.startsWith("\"")) {
            return ESCAPE.matcher(quoted(DOUBLE, text))
                    .replaceAll(it -> Matcher.quoteReplacement(it.group(1).equals("n") ? "\n" : it.group(1)));
        }
        return COMMENT.matcher(text).replaceFirst("").strip();
    }

    private String quoted(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new EnvironmentException(
                    "Cannot read %s: a quote is not closed, or text follows it; write one value between two quotes on one line"
                            .formatted(shown));
        }
        return matcher.group(1);
    }
}
