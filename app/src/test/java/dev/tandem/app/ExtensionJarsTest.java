package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jars of a user's own, from the folder that they are put into to what a command says of them. */
class ExtensionJarsTest {
    @TempDir
    private Path folder = Path.of("");

    private Path jars = Path.of("");

    @BeforeEach
    void aFolderOfJars() throws IOException {
        jars = Files.createDirectories(folder.resolve("jars"));
        define("power", TutorialJars.definition());
    }

    private void define(String pipeline, String definition) throws IOException {
        var home = Files.createDirectories(folder.resolve("pipelines").resolve(pipeline));
        Files.writeString(home.resolve("pipeline.yaml"), definition);
    }

    private TandemCommand run(String... words) {
        return TandemCommand.run(folder, Map.of("TANDEM_EXT", "jars"), words);
    }

    private static String function(String name, String body) {
        return """
                package example;
                public class %s implements dev.tandem.model.extension.FunctionProvider {
                    private static final long serialVersionUID = 1L;
                    public String name() { return "%s"; }
                    public java.util.List<dev.tandem.model.FieldType> arguments() { return java.util.List.of(); }
                    public dev.tandem.model.FieldType result() { return dev.tandem.model.FieldType.TEXT; }
                    public Object call(java.util.List<Object> arguments) { return "x"; }
                    %s
                }
                """.replace("implements dev.tandem.model.extension.", "implements ")
                .replace("package example;", "package example;\nimport dev.tandem.model.extension.FunctionProvider;")
                .formatted(name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1), name, body);
    }

    @Nested
    class TheTutorial {
        @BeforeEach
        void compiled() throws IOException {
            TutorialJars.all(jars);
        }

        @Test
        void hasADefinitionThatIsAccepted() {
            assertThat(run("check", "power").err()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "sink, text_files, TextFiles.jar",
            "format, fixed_width, FixedWidth.jar",
            "generator, meters, Meters.jar",
            "function, region_of, Region.jar"
        })
        void isListedWithItsJars(String kind, String name, String jar) {
            assertThat(run("list", "--kinds").out()).containsPattern("(?m)^%s +%s +%s$".formatted(kind, name, jar));
        }

        @Test
        void isListedBesideWhatIsBuiltIn() {
            assertThat(run("list", "--kinds").out()).containsPattern("(?m)^measure +count +built in$");
        }

        @Test
        void isRefusedASettingThatTheSinkDoesNotHave() throws IOException {
            var file = folder.resolve("pipelines/power/pipeline.yaml");
            Files.writeString(file, TutorialJars.definition().replace("{ folder:", "{ folde:"));
            assertThat(run("check", "power").err())
                    .contains("the sink 'text_files' has no setting 'folde'", "did you mean 'folder'?");
        }

        @Test
        void isRefusedAnArgumentOfAnotherNumber() throws IOException {
            var file = folder.resolve("pipelines/power/pipeline.yaml");
            Files.writeString(file, TutorialJars.definition().replace("region_of(meter)", "\"region_of(meter, kwh)\""));
            assertThat(run("check", "power").err()).contains("region_of takes 1 argument(s), not 2");
        }

        @Test
        void isRefusedASettingThatTheFormatDoesNotHave() throws IOException {
            define("gauges", TutorialJars.definition("gauges").replace("{ fields:", "{ filds:"));
            assertThat(run("check", "gauges").err())
                    .contains("the format 'fixed_width' has no setting 'filds'", "did you mean 'fields'?");
        }

        @Test
        void isRefusedASettingThatTheFormatCannotUse() throws IOException {
            define("gauges", TutorialJars.definition("gauges").replace("gauge 6,", "gauge,"));
            assertThat(run("check", "gauges").err())
                    .contains("the format 'fixed_width' cannot be used: 'gauge' is no field; write a name and a width");
        }

        /** A record that the format cannot read is quarantined; the others are counted. */
        @Test
        void readsRecordsOfAFormatOfItsOwn() throws IOException {
            define("gauges", TutorialJars.definition("gauges"));
            var lines = folder.resolve("levels.dat");
            Files.writeString(lines, """
                    DE-0012026-03-01T10:05:00Z  3.25
                    DE-0012026-03-01T10:40:00Z  4.75
                    DE-00120
                    DE-0022026-03-01T10:10:00Z  1.00
                    """);
            var batch = run("batch", "gauges", "--input", lines.toString());
            assertThat(batch.code()).as(batch.err()).isZero();
            assertThat(batch.out() + batch.err()).contains("quarantined: malformed                        1");
            assertThat(csv("data/batch/per_gauge"))
                    .anyMatch(row -> row.contains("DE-001") && row.contains("4.75,2"))
                    .anyMatch(row -> row.contains("DE-002") && row.contains("1.00,1"))
                    .hasSize(2);
        }

        private java.util.List<String> csv(String place) throws IOException {
            try (var files = Files.walk(folder)) {
                var found = files.filter(it ->
                                it.toString().contains(place) && it.toString().endsWith(".csv"))
                        .toList();
                var rows = new java.util.ArrayList<String>();
                for (var file : found) {
                    var all = Files.readAllLines(file);
                    rows.addAll(all.subList(1, all.size()));
                }
                return rows;
            }
        }

        /** Generator, function and sink in both modes. */
        @Test
        void runsAsStreamAndAsBatch() throws IOException {
            var demo = run("demo", "power", "--events", "2000");
            assertThat(demo.code()).as(demo.err()).isZero();
            assertThat(lastRevisions("stream").keySet())
                    .isNotEmpty()
                    .isEqualTo(lastRevisions("batch").keySet());
            assertThat(lastRevisions("batch").values())
                    .allSatisfy(values -> assertThat(values).contains("DE"));
        }

        /** What a reader of the files sees of each row. */
        private Map<String, String> lastRevisions(String mode) throws IOException {
            var rows = new java.util.TreeMap<String, String>();
            try (var files = Files.list(folder.resolve("demo/data/rows").resolve(mode))) {
                for (var file : files.sorted().toList()) {
                    for (var line : Files.readAllLines(file)) {
                        rows.put(line.split("\t")[0], line.split("\t")[3]);
                    }
                }
            }
            return rows;
        }
    }

    @Nested
    class ADefinitionWithoutItsJars {
        @Test
        void isRefusedWithTheNameOfTheSink() {
            assertThat(run("check", "power").err())
                    .contains("there is no sink 'text_files'", "put the jar that brings it into lib/ext");
        }

        @Test
        void isRefusedWithTheNameOfTheFormat() throws IOException {
            define("gauges", TutorialJars.definition("gauges"));
            assertThat(run("check", "gauges").err())
                    .contains("there is no format 'fixed_width'", "put the jar that brings it into lib/ext");
        }

        @Test
        void isRefusedWithTheNameOfTheFunction() {
            assertThat(run("check", "power").err()).contains("there is no function 'region_of'");
        }
    }

    @Nested
    class AJarThatCannotBeUsed {
        private void isRefused(String message) {
            var check = run("check", "power");
            assertThat(check.code()).isEqualTo(Exit.NOT_READY.code());
            assertThat(check.err()).contains("Cannot use the extension " + message);
            assertThat(run("list", "--kinds").out()).contains("✖ Cannot use the extension " + message);
        }

        @Test
        void namesAClassThatIsMissing() throws IOException {
            var nothing = Files.createDirectories(folder.resolve("nothing"));
            TutorialJars.jar(
                    jars.resolve("gone.jar"),
                    nothing,
                    Map.of("dev.tandem.model.extension.SinkProvider", "example.Gone"));
            isRefused(
                    "gone.jar: META-INF/services/dev.tandem.model.extension.SinkProvider names example.Gone, which is not in it; add the class, or correct the name");
        }

        @Test
        void isNoJar() throws IOException {
            Files.writeString(jars.resolve("half.jar"), "PK");
            isRefused("half.jar: it is no jar that can be read");
        }

        @Test
        void hasTheNameOfAFunctionOfSpark() throws IOException {
            TutorialJars.jar(jars, function("lower", ""));
            isRefused("Lower.jar: 'lower' is built in; give the function another name");
        }

        @Test
        void hasTheNameThatAnotherJarHas() throws IOException {
            TutorialJars.jar(jars, function("twice", ""));
            Files.copy(jars.resolve("Twice.jar"), jars.resolve("Again.jar"));
            isRefused(
                    "Twice.jar: Again.jar brings a function 'twice' too; remove one of the jars, or rename one of them");
        }

        @Test
        void failsWhenItIsLoaded() throws IOException {
            TutorialJars.jar(
                    jars, function("brittle", "public Brittle() { throw new IllegalStateException(\"no licence\"); }"));
            isRefused("Brittle.jar: example.Brittle cannot be loaded: no licence");
        }

        @Test
        void isToldInTheJsonOfTheList() throws IOException {
            Files.writeString(jars.resolve("half.jar"), "PK");
            assertThat(run("list", "--kinds", "--json").out()).contains("\"jar\" : \"half.jar\"");
        }
    }

    /** A driver of a database is no extension, and is left to {@code diff}. */
    @Test
    void aJarWithoutProvidersIsLeftAlone() throws IOException {
        var nothing = Files.createDirectories(folder.resolve("nothing"));
        TutorialJars.jar(jars.resolve("driver.jar"), nothing, Map.of("java.sql.Driver", "org.example.Driver"));
        assertThat(run("list", "--kinds").out()).doesNotContain("driver.jar");
    }
}
