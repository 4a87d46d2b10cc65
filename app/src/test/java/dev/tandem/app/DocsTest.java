package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tandem.engine.definition.Expressions;
import dev.tandem.model.reading.DefinitionReader;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

/** The documents keep step with the product: what they show is accepted, what they point to is there, what there is they name. */
class DocsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".tandem", "node_modules", "comparison");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\\n]*`", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)");
    private static final Pattern ELSEWHERE = Pattern.compile("^([a-z][a-z0-9+.-]*:|#).*");

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    private static List<Path> documents() throws IOException {
        try (var files = Files.find(
                ROOT, 4, (path, attributes) -> path.toString().endsWith(".md") && attributes.isRegularFile())) {
            return files.filter(
                            path -> Stream.of(ROOT.relativize(path).toString().split("/"))
                                    .noneMatch(NOT_OURS::contains))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> definitions() throws IOException {
        return YAML.matcher(text("README.md"))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Nested
    class TheReadme {
        @Test
        void isAtMostTwoHundredLines() throws IOException {
            assertThat(text("README.md").lines().count()).isLessThanOrEqualTo(200);
        }

        @Test
        void showsOneDefinitionOfAtMostTwentyLines() throws IOException {
            assertThat(definitions())
                    .singleElement()
                    .satisfies(yaml -> assertThat(yaml.lines().count()).isLessThanOrEqualTo(20));
        }

        @Test
        void showsADefinitionThatIsAccepted() throws IOException {
            for (var yaml : definitions()) {
                assertThatCode(() -> assertThat(Expressions.check(DefinitionReader.parse(yaml, "README.md")))
                                .isEmpty())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        for (var document : documents()) {
            var prose = CODE.matcher(Files.readString(document)).replaceAll("");
            var targets = LINK.matcher(prose).results().map(found -> found.group(1));
            assertThat(targets.filter(target -> !ELSEWHERE.matcher(target).matches()))
                    .as("links of %s", ROOT.relativize(document))
                    .allSatisfy(target ->
                            assertThat(document.resolveSibling(file(target))).exists());
        }
    }

    private static String file(String target) {
        return URLDecoder.decode(target.replaceFirst("#.*", ""), StandardCharsets.UTF_8);
    }

    static List<String> verbs() {
        return Verbs.ALL.stream()
                .map(entry -> entry.verb().getAnnotation(Command.class).name())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbIsNamed(String verb) throws IOException {
        assertThat(text("README.md") + text("docs/operations.md")).containsPattern("`" + verb + "[ `]");
    }

    @ParameterizedTest
    @MethodSource("codes")
    void everyExitCodeIsTold(Exit exit) throws IOException {
        assertThat(text("docs/operations.md")).contains("| %d | ".formatted(exit.code()));
    }

    static List<Exit> codes() {
        return List.of(Exit.values());
    }
}
