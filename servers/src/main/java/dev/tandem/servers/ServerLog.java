package dev.tandem.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a server said: the only witness when it does not start. */
record ServerLog(Path file) {
    private static final int LAST_LINES = 12;

    boolean says(String words) {
        return text().contains(words);
    }

    /** The first group of the first place where a pattern is found. */
    Optional<String> firstMatch(Pattern pattern) {
        var matcher = pattern.matcher(text());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Another process took the port between our looking and the server's. */
    boolean saysPortTaken() {
        var text = text();
        return text.contains("Address already in use") || text.contains("could not bind");
    }

    /** The end of the log without stack frames, indented, under the name of its file; ready to be hung below a message. */
    String told() {
        List<String> lines =
                text().lines().filter(line -> !line.startsWith("\tat ")).toList();
        var last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return lines.isEmpty()
                ? "\n  (" + file + " is empty)"
                : "\n  last lines of " + file + ":"
                        + last.stream().map(it -> "\n    " + it).collect(Collectors.joining());
    }

    private String text() {
        try {
            // Not every byte a server prints is UTF-8; this charset takes any.
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }
}
