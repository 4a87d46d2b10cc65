package dev.tandem.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A whole command run in this process: what it answered, what it told, and its exit code. */
public record TandemCommand(int code, String out, String err) {
    /** Runs it in {@code directory}, with its state there and the servers' binaries of the build. */
    public static TandemCommand run(Path directory, String... words) {
        return run(directory, Map.of(), words);
    }

    /** The same with an environment. */
    public static TandemCommand run(Path directory, Map<String, String> environment, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var streams = new Tandem.Streams(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Progress.Screen.LINES);
        var surroundings = new Shell.Surroundings(
                directory, new Installation(Path.of("../servers/target")), Clock.systemUTC(), environment);
        var all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--home";
        all[words.length + 1] = ".";
        var exit = new Tandem(streams, surroundings).run(all);
        return new TandemCommand(
                exit.code(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
