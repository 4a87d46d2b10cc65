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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever copies a command line out of a document is not told that there is no such option: the parser of the command line reads all. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^\\s*(?:[A-Z_]+=\\S* )*(?:\\./|/opt/tandem\\S*/)tandem (.*)$");

    /** A time on the day that the documents show. */
    private static final Instant DOCUMENTED = Instant.parse("2026-11-20T12:00:00Z");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    @TempDir
    private Path home = Path.of("");

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

    /** Those that need neither a server nor records: they are run, too. */
    static List<String> cheapCommands() throws IOException {
        return commands().stream()
                .filter(it -> it.matches("(list|check|ddl|completion)( .*)?|schedule .*--next.*"))
                .filter(it -> !it.contains("PIPELINE"))
                .toList();
    }

    private String answer(String command) {
        var out = new ByteArrayOutputStream();
        var told = new ByteArrayOutputStream();
        var streams = new Tandem.Streams(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(told, true, StandardCharsets.UTF_8),
                Progress.Screen.LINES);
        var surroundings = new Shell.Surroundings(
                ROOT,
                new Installation(Path.of("../servers/target")),
                Clock.fixed(DOCUMENTED, ZoneOffset.UTC),
                Map.of());
        var words = new ArrayList<>(List.of(words(command)));
        words.addAll(List.of("--home", home.toString()));
        var exit = new Tandem(streams, surroundings).run(words.toArray(String[]::new));
        assertThat(exit).as(told.toString(StandardCharsets.UTF_8)).isEqualTo(Exit.FINE);
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("cheapCommands")
    void everyCheapOneAnswers(String command) {
        assertThat(answer(command)).isNotBlank();
    }

    @Test
    void theScheduleAnswersAsShown() throws IOException {
        var shown = BLOCK.matcher(Files.readString(ROOT.resolve("docs/operations.md")))
                .results()
                .map(it -> it.group(1))
                .dropWhile(it -> !it.equals("./tandem schedule tweets --next 5\n"))
                .skip(1)
                .findFirst();
        assertThat(shown).contains(answer("schedule tweets --next 5"));
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
