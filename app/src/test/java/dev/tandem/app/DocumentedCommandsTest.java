package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever copies a command line out of a document is not told that there is no such option: the parser of the command line reads all. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^\\s*(?:[A-Z_]+=\\S* )*(?:\\./|/opt/tandem\\S*/)tandem (.*)$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /** Each once, without a comment behind it and without what the shell does with the answer. */
    static List<String> commands() throws IOException {
        var commands = new ArrayList<String>();
        for (var document : documents()) {
            for (var block : BLOCK.matcher(Files.readString(document)).results().toList()) {
                COMMAND.matcher(block.group(1))
                        .results()
                        .map(it -> it.group(1)
                                .replaceFirst("\\s+([>|&#]|&&).*$", "")
                                .strip())
                        .filter(it -> !it.contains("…"))
                        .forEach(commands::add);
            }
        }
        return commands.stream().distinct().sorted().toList();
    }

    private static List<Path> documents() throws IOException {
        var documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        for (var folder : List.of("docs", "pipelines", "deploy")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(it -> it.toString().endsWith(".md")).forEach(documents::add);
            }
        }
        return documents;
    }

    private static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(it -> it.group(1) != null ? it.group(1) : it.group(2) != null ? it.group(2) : it.group(3))
                .toArray(String[]::new);
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(commands())
                .contains("demo", "init orders.csv", "verify tweets --format junit")
                .hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOneIsUnderstood(String command) {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var surroundings = new Shell.Surroundings(ROOT, new Installation(ROOT), Clock.systemUTC(), Map.of());
        var tandem = new Tandem(new Tandem.Streams(nowhere, nowhere, Progress.Screen.LINES), surroundings);
        assertThatCode(() -> tandem.commandLine().parseArgs(words(command))).doesNotThrowAnyException();
    }
}
