package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The documents' tables of verbs and the launcher's classes of verbs are those of the one list. {@code ./dev golden} writes the tables. */
class VerbListsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern CODE = Pattern.compile("(?<![A-Za-z`])'([a-z][a-z -]*)'|(?<![A-Za-z`])--[a-z]+");
    private static final Pattern LIST = Pattern.compile("<!-- verbs -->\\n.*?<!-- end of verbs -->", Pattern.DOTALL);

    private static CommandSpec spec(Verbs.Entry entry) {
        return new CommandLine(entry.verb()).getCommandSpec();
    }

    @Test
    void theReadmeHasEveryVerb() throws IOException {
        var rows = Arrays.stream(Verbs.Group.values())
                .map(group -> "| %s | %s |\n".formatted(group.title(), ofGroup(group)))
                .collect(Collectors.joining());
        check("README.md", "| | verbs |\n|---|---|\n" + rows);
    }

    private static String ofGroup(Verbs.Group group) {
        return Verbs.ALL.stream()
                .filter(entry -> entry.group() == group)
                .map(VerbListsTest::spec)
                .map(verb -> "`%s`: %s".formatted(verb.name(), description(verb)))
                .collect(Collectors.joining("<br>"));
    }

    @Test
    void theOperationsHaveEveryVerb() throws IOException {
        var rows = Verbs.ALL.stream().map(VerbListsTest::row).collect(Collectors.joining());
        check("docs/operations.md", "| verb | what it does | needs |\n|---|---|---|\n" + rows);
    }

    private static String row(Verbs.Entry entry) {
        var verb = spec(entry);
        var parameters = verb.positionalParameters().stream().map(VerbListsTest::label);
        var aliases = verb.aliases().length == 0 ? "" : " Alias: `%s`.".formatted(String.join("`, `", verb.aliases()));
        var details = String.join(" ", verb.usageMessage().footer());
        return "| `%s%s` | %s%s%s | %s |\n"
                .formatted(
                        verb.name(),
                        parameters.collect(Collectors.joining()),
                        description(verb),
                        details.isEmpty() ? "" : " " + quoted(details),
                        aliases,
                        entry.needs());
    }

    private static String label(ArgSpec parameter) {
        return (parameter.required() ? " %s" : " [%s]").formatted(parameter.paramLabel());
    }

    private static String description(CommandSpec verb) {
        return quoted(String.join(" ", verb.usageMessage().description()));
    }

    /** Options and verbs are code in Markdown. */
    private static String quoted(String help) {
        return CODE.matcher(help)
                .replaceAll(found -> "`" + (found.group(1) == null ? found.group() : found.group(1)) + "`");
    }

    private static void check(String file, String table) throws IOException {
        var path = ROOT.resolve(file);
        var whole = "<!-- verbs -->\n" + table + "<!-- end of verbs -->";
        var text = LIST.matcher(Files.readString(path)).replaceFirst(Matcher.quoteReplacement(whole));
        if (Boolean.getBoolean("golden.renew")) {
            Files.writeString(path, text);
        }
        assertThat(Files.readString(path)).isEqualTo(text).contains(whole);
    }

    @Test
    void theLauncherKnowsTheLibrariesAndTheLengthOfEveryVerb() throws IOException, InterruptedException {
        var expected = new ArrayList<String>();
        for (var entry : Verbs.ALL) {
            var verb = spec(entry);
            Stream.concat(Stream.of(verb.name()), Arrays.stream(verb.aliases()))
                    .map(name -> "%s %s %s".formatted(name, entry.libraries().word(), entry.length()))
                    .forEach(expected::add);
        }
        expected.add("schedule --next 5 light BRIEF");
        assertThat(askedOfTheLauncher(expected)).isEqualTo(expected);
    }

    /** Each of {@code lines} up to its last two words, with what the launcher's own functions say of it. */
    private static List<String> askedOfTheLauncher(List<String> lines) throws IOException, InterruptedException {
        var script = new StringBuilder("set -euo pipefail\n");
        for (var function : List.of("kind_of", "is_long")) {
            script.append("eval \"$(sed -n '/^%s()/,/^}/p' tandem)\"\n".formatted(function));
        }
        for (var line : lines) {
            var words = line.substring(0, line.lastIndexOf(' ', line.lastIndexOf(' ') - 1));
            script.append("set -- %s\n".formatted(words))
                    .append("printf '%s %s ' \"$*\" \"$(kind_of \"$1\" \" $*\")\"\n")
                    .append("if is_long \"$1\" \" $*\"; then echo HOURS; else echo BRIEF; fi\n");
        }
        var process = new ProcessBuilder("bash", "-c", script.toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().toList();
    }
}
