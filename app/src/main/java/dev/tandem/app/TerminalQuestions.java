package dev.tandem.app;

import dev.tandem.app.init.Questions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/** Asks on the error stream and reads lines, so that the answer of a command stays free for what comes of it. */
final class TerminalQuestions implements Questions {
    private final BufferedReader in;
    private final PrintStream err;

    TerminalQuestions(BufferedReader in, PrintStream err) {
        this.in = in;
        this.err = err;
    }

    @Override
    public <T> T ask(String question, String proposed, Function<String, Optional<T>> reader) {
        while (true) {
            err.print("? %s [%s]: ".formatted(question, proposed));
            err.flush();
            var line = line();
            var answer = line.isBlank() ? proposed : line.strip();
            var read = reader.apply(answer);
            if (read.isPresent()) {
                return read.get();
            }
            if (line.isBlank()) {
                throw new IllegalStateException("Not readable: " + proposed);
            }
            err.print("  '%s' cannot be used; press Enter to take '%s'\n".formatted(answer, proposed));
        }
    }

    /** Where nothing more can be read, all that is proposed is taken. */
    private String line() {
        try {
            return Optional.ofNullable(in.readLine()).orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read an answer: " + e.getMessage(), e);
        }
    }
}
