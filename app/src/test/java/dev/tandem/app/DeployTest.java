package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tandem.app.environment.Environment;
import dev.tandem.store.DatabaseKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What deploys Tandem keeps step with it: each command line is read by the parser of the command line, each variable by that of the
 * environment, and the plain manifests are the chart with its default values. No container engine is needed.
 */
class DeployTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Path CHART = DEPLOY.resolve("helm/tandem");
    private static final Path PLAIN = DEPLOY.resolve("kubernetes/tandem.yaml");
    private static final Pattern VALUE = Pattern.compile("\\{\\{ \\.(Values|Release)\\.(\\w+) }}");

    /** A process of Tandem: where it is started, its words, and its variables. */
    private record Started(String where, List<String> words, Map<String, String> variables) {
        @Override
        public String toString() {
            return where;
        }
    }

    static List<Started> started() throws IOException {
        var all = new ArrayList<Started>();
        compose(all);
        for (var document : documents(Files.readString(PLAIN))) {
            kubernetes(document, String.valueOf(map(document.get("metadata")).get("name")), all);
        }
        try (var units = Files.newDirectoryStream(DEPLOY.resolve("systemd"), "*.service")) {
            for (var unit : units) {
                var line = settings(unit)
                        .getOrDefault("ExecStart", List.of(""))
                        .get(0)
                        .replace("%i", "orders");
                var words = Arrays.asList(line.split(" "));
                assertThat(words.get(0)).isEqualTo("/opt/tandem/tandem");
                all.add(new Started(unit.getFileName().toString(), words.subList(1, words.size()), Map.of()));
            }
        }
        return all;
    }

    private static void compose(List<Started> into) throws IOException {
        var services = map(documents(Files.readString(DEPLOY.resolve("compose.yaml")))
                .get(0)
                .get("services"));
        services.forEach((name, it) -> {
            var service = map(it);
            if (String.valueOf(service.get("image")).startsWith("tandem:")) {
                into.add(new Started(
                        "compose " + name, words(service.get("command")), texts(service.get("environment"))));
            }
        });
    }

    /** Every container at any depth. */
    private static void kubernetes(@Nullable Object node, String name, List<Started> into) {
        if (node instanceof Map<?, ?> found) {
            if (String.valueOf(found.get("image")).startsWith("tandem:")) {
                var variables = new TreeMap<String, String>();
                list(found.get("env"))
                        .forEach(it -> variables.put(
                                String.valueOf(map(it).get("name")), String.valueOf(map(it).get("value"))));
                into.add(new Started(
                        "kubernetes %s %s".formatted(name, found.get("name")), words(found.get("args")), variables));
            }
            found.values().forEach(it -> kubernetes(it, name, into));
        } else if (node instanceof List<?> elements) {
            elements.forEach(it -> kubernetes(it, name, into));
        }
    }

    private static List<Map<String, Object>> documents(String text) {
        var documents = new ArrayList<Map<String, Object>>();
        new Load(LoadSettings.builder().setAllowNonScalarKeys(false).build())
                .loadAllFromString(text)
                .forEach(it -> documents.add(map(it)));
        return documents;
    }

    /** With merge keys put in place, which the parser leaves to whoever knows them. */
    private static Map<String, Object> map(@Nullable Object node) {
        var map = new LinkedHashMap<String, Object>();
        if (node instanceof Map<?, ?> found) {
            if (found.get("<<") != null) {
                map.putAll(map(found.get("<<")));
            }
            found.forEach((key, value) -> map.put(String.valueOf(key), value));
        }
        return map;
    }

    private static List<?> list(@Nullable Object node) {
        return node instanceof List<?> found ? found : List.of();
    }

    private static List<String> words(@Nullable Object node) {
        return list(node).stream().map(String::valueOf).toList();
    }

    private static Map<String, String> texts(@Nullable Object node) {
        var texts = new TreeMap<String, String>();
        map(node).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    /** The keys of a unit and their values. */
    private static Map<String, List<String>> settings(Path unit) throws IOException {
        var settings = new TreeMap<String, List<String>>();
        for (var line : Files.readAllLines(unit)) {
            int sign = line.indexOf('=');
            if (!line.startsWith("#") && sign > 0) {
                settings.computeIfAbsent(line.substring(0, sign), it -> new ArrayList<>())
                        .add(line.substring(sign + 1));
            }
        }
        return settings;
    }

    @ParameterizedTest
    @MethodSource("started")
    void everyCommandLineIsUnderstood(Started started) {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var surroundings = new Shell.Surroundings(
                Path.of("").toAbsolutePath(), new Installation(Path.of("")), Clock.systemUTC(), Map.of());
        var tandem = new Tandem(new Tandem.Streams(nowhere, nowhere, Progress.Screen.LINES), surroundings);
        assertThat(started.words()).isNotEmpty();
        assertThatCode(() -> tandem.commandLine().parseArgs(started.words().toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("started")
    void everyVariableHasAnEffect(Started started) throws IOException {
        var known = Files.readString(Path.of("..", ".env.example"));
        assertThat(started.variables().keySet())
                .allSatisfy(it -> assertThat(known).contains("# " + it + "="));
        if (!started.variables().isEmpty()) {
            var environment = Environment.read(started.variables(), Path.of("target"), Optional.empty());
            assertThat(environment.unused()).isEmpty();
            assertThat(environment.kafka()).isPresent();
            assertThat(environment.database(DatabaseKind.POSTGRES)).isPresent();
        }
    }

    @Test
    void streamAndBatchAndVerificationAndPageAreThereEachTime() throws IOException {
        for (var kind : List.of("compose", "kubernetes", "tandem-")) {
            assertThat(started())
                    .as(kind)
                    .filteredOn(it -> it.where().startsWith(kind))
                    .extracting(it -> it.words().get(0))
                    .contains("stream", "serve", "batch", "verify");
        }
    }

    @Test
    void thePlainManifestsAreTheChartWithItsValues() throws IOException {
        var rendered = rendered();
        if (Boolean.getBoolean("golden.renew")) {
            Files.createDirectories(PLAIN.getParent());
            Files.writeString(PLAIN, rendered);
        }
        assertThat(PLAIN).content().isEqualTo(rendered);
        assertThat(documents(rendered))
                .extracting(it -> it.get("kind"))
                .containsExactlyInAnyOrder("CronJob", "Service", "PersistentVolumeClaim", "StatefulSet", "CronJob");
    }

    /** The templates use values and the name of the release, nothing else. */
    private static String rendered() throws IOException {
        var values = documents(Files.readString(CHART.resolve("values.yaml"))).get(0);
        var text = new StringBuilder("# The chart in ../helm/tandem with its default values; made by DeployTest.\n");
        try (var files = Files.list(CHART.resolve("templates"))) {
            for (var file : files.sorted().toList()) {
                var rendered = VALUE.matcher(Files.readString(file))
                        .replaceAll(found -> Matcher.quoteReplacement(
                                found.group(1).equals("Release")
                                        ? "tandem"
                                        : String.valueOf(
                                                Objects.requireNonNull(values.get(found.group(2)), found.group(2)))));
                assertThat(rendered).doesNotContain("{{");
                text.append("---\n").append(rendered);
            }
        }
        return text.toString();
    }

    @Test
    void everyImageIsOfThisVersion() throws IOException {
        var version = Installation.version();
        for (var file : List.of("compose.yaml", "helm/tandem/values.yaml", "kubernetes/tandem.yaml")) {
            assertThat(Pattern.compile("tandem:\\d[\\w.-]*")
                            .matcher(Files.readString(DEPLOY.resolve(file)))
                            .results()
                            .map(it -> it.group()))
                    .as(file)
                    .isNotEmpty()
                    .allMatch(("tandem:" + version)::equals);
        }
        assertThat(documents(Files.readString(CHART.resolve("Chart.yaml"))).get(0))
                .containsEntry("appVersion", version);
    }

    @Test
    void aUnitIsNotStartedAgainWhereThatCannotHelp() throws IOException {
        var stream = settings(DEPLOY.resolve("systemd/tandem-stream@.service"));
        assertThat(stream.get("RestartPreventExitStatus"))
                .containsExactly("%d %d".formatted(Exit.USAGE.code(), Exit.INVALID.code()));
        assertThat(stream.get("SuccessExitStatus")).containsExactly(String.valueOf(Exit.INTERRUPTED.code()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"readOnlyRootFilesystem: true", "runAsNonRoot: true", "drop: [ALL]", "secretRef:"})
    void podsAreLocked(String setting) throws IOException {
        for (var template : List.of("stream.yaml", "batch.yaml", "verify.yaml")) {
            assertThat(CHART.resolve("templates").resolve(template)).content().contains(setting);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.app.DocsTest#codes")
    void theRunbookHasEveryExitCode(Exit exit) throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "production.md")))
                .contains("\n| %d | ".formatted(exit.code()));
    }
}
