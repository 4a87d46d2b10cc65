package dev.tandem.model.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.model.DefinitionException;
import dev.tandem.model.Generate;
import dev.tandem.model.Measure;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Plans.Tolerance;
import dev.tandem.model.Problem;
import dev.tandem.model.View;
import dev.tandem.model.Watermark;
import dev.tandem.model.Window;
import dev.tandem.model.reading.BadExamples.BadExample;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionReaderTest {
    @Nested
    class TheTweetsPipeline {
        private final Pipeline pipeline =
                DefinitionReader.read(Definitions.ROOT.resolve("pipelines/tweets/pipeline.yaml"), "tweets");

        @Test
        void hasItsViewsInOrder() {
            assertThat(pipeline.views())
                    .extracting(View::name)
                    .containsExactly("window_stats", "window_totals", "top_hashtags");
        }

        @Test
        void waitsTwoMinutesForLateEvents() {
            assertThat(pipeline.watermark())
                    .isEqualTo(new Watermark(
                            Duration.ofMinutes(2), Duration.ofMinutes(1), Optional.of(Duration.ofSeconds(30))));
        }

        @Test
        void writesTablesOfBothModes() {
            assertThat(pipeline.tables())
                    .extracting(table -> table.table(Mode.BATCH))
                    .containsExactly("batch_window_stats", "batch_window_totals", "batch_top_hashtags");
        }

        @Test
        void sendsOneViewFromTheStream() {
            assertThat(pipeline.topics())
                    .containsExactly(new Output.Topic("window_stats", "results_feed", Optional.of(Mode.STREAM)));
        }

        @Test
        void injectsLateEventsWithTheirDelay() {
            var delay = new Generate.Delay(Duration.ofSeconds(10), Duration.ofMinutes(10));
            assertThat(pipeline.generate().orElseThrow().faults())
                    .containsEntry("late", new Generate.Fault(0.02, Optional.of(delay)));
        }
    }

    @Nested
    class ASoundDefinition {
        private final Pipeline pipeline = DefinitionReader.parse(Definitions.SOUND, "sound.yaml");

        @Test
        void hasEachKindOfWindow() {
            assertThat(pipeline.grouped())
                    .extracting(View.Grouped::window)
                    .containsExactly(
                            new Window.Tumbling(Duration.ofMinutes(20)),
                            new Window.Sliding(Duration.ofHours(1), Duration.ofMinutes(10)),
                            new Window.Calendar(ChronoUnit.DAYS, ZoneId.of("Europe/Berlin")),
                            new Window.Global(),
                            new Window.Session(Duration.ofMinutes(30)));
        }

        @Test
        void hasMeasuresWithTheirFilters() {
            assertThat(pipeline.grouped().get(0).measures())
                    .extracting(Measure::name, Measure::kind, it -> it.filter().map(Object::toString))
                    .contains(tuple("liked", Measure.Kind.COUNT, Optional.of("likes > 0")));
        }

        @Test
        void hasTolerancesByMeasure() {
            assertThat(pipeline.parity().of("mean"))
                    .isEqualTo(new Tolerance(Tolerance.Kind.RELATIVE, new BigDecimal("1e-9")));
        }

        @Test
        void ranksInItsOrder() {
            assertThat(pipeline.tops())
                    .extracting(View.Top::order)
                    .containsExactly(
                            List.of(new View.Order("n", true), new View.Order("tag", false)),
                            List.of(new View.Order("takings", true)));
        }

        @Test
        void namesEachDatabaseOnce() {
            assertThat(pipeline.databases()).containsExactly("mysql");
        }
    }

    @Nested
    class ABadDefinition {
        private static final Path GOLDEN = Definitions.RESOURCES.resolve("bad.told.txt");

        /** Renewed by {@code ./dev golden}. */
        @Test
        void isToldWholeWithPlacesAndMends() throws IOException {
            var told = told(Definitions.text(Definitions.RESOURCES.resolve("bad.yaml")));
            if (Boolean.getBoolean("golden.renew")) {
                Files.writeString(GOLDEN, told);
            }
            assertThat(told).isEqualTo(Files.readString(GOLDEN));
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.BadExamples#all")
        void isRefusedForWhatIsWrong(BadExample bad) {
            assertThat(Definitions.problemsOf(bad.text()))
                    .extracting(Problem::what)
                    .contains(bad.told());
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.BadExamples#all")
        void isToldWithoutNoise(BadExample bad) {
            assertThat(Definitions.problemsOf(bad.text())).hasSizeLessThanOrEqualTo(3);
        }

        @Test
        void saysInItsMessageHowMuchIsWrong() {
            assertThatThrownBy(() -> DefinitionReader.parse("pipeline: x", "x.yaml"))
                    .hasMessage("Cannot use x.yaml: 5 problem(s)");
        }

        private static String told(String text) {
            try {
                DefinitionReader.parse(text, "bad.yaml");
                return "";
            } catch (DefinitionException e) {
                return e.told();
            }
        }
    }

    @Nested
    class AFileThatIsNoDefinition {
        private static final String LETTERS = "{}[]:,&*!|>'\"%@`#- \n\t\0é9";

        @TempDir
        private Path folder;

        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.DefinitionReaderTest#noYaml")
        void isRefusedByWhatItIs(String text, String told) {
            assertThat(Definitions.problemsOf(text))
                    .extracting(Problem::what)
                    .first()
                    .asString()
                    .startsWith(told);
        }

        @Test
        void isRefusedOverOneMebibyte() throws IOException {
            var file = Files.writeString(folder.resolve("d.yaml"), "#".repeat((1 << 20) + 1));
            assertThatThrownBy(() -> DefinitionReader.read(file, "d.yaml"))
                    .extracting(e -> ((DefinitionException) e).told())
                    .isEqualTo("error  d.yaml:1:1  the file is over 1 MiB\n     | ^ split it\n");
        }

        /** Was an I/O error without a place. */
        @Test
        void isRefusedInAnotherEncoding() throws IOException {
            var file = Files.write(folder.resolve("d.yaml"), "about: Grün".getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> DefinitionReader.read(file, "d.yaml"))
                    .extracting(e -> ((DefinitionException) e).told())
                    .isEqualTo("error  d.yaml:1:1  the file is not UTF-8 text\n     | ^ save it as UTF-8\n");
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        void isNeverMoreThanRefused(long seed) {
            var random = new SplittableRandom(seed);
            for (int round = 0; round < 40; round++) {
                var text = mutated(Definitions.SOUND, random);
                assertThat(Definitions.problemsOf(text)).as(text).doesNotContainNull();
            }
        }

        private static String mutated(String text, SplittableRandom random) {
            var letters = new StringBuilder(text);
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                int at = random.nextInt(letters.length() - 12);
                switch (random.nextInt(3)) {
                    case 0 -> letters.setCharAt(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                    case 1 -> letters.delete(at, at + random.nextInt(12));
                    default -> letters.insert(at, letters.substring(at, at + random.nextInt(12)));
                }
            }
            return letters.toString();
        }
    }

    @Nested
    class TheHash {
        private final String before = hash(Definitions.SOUND);

        @Test
        void isHexOfSha256() {
            assertThat(before).matches("[0-9a-f]{64}");
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.DefinitionReaderTest#sameMeaning")
        void ignoresWhatChangesNoNumber(String from, String to) {
            assertThat(hash(Definitions.with(from, to))).isEqualTo(before);
        }

        @ParameterizedTest
        @MethodSource("dev.tandem.model.reading.DefinitionReaderTest#otherMeaning")
        void changesWithAnythingElse(String from, String to) {
            assertThat(hash(Definitions.with(from, to))).isNotEqualTo(before);
        }

        private static String hash(String text) {
            return DefinitionReader.parse(text, "d.yaml").hash();
        }
    }

    static Stream<String[]> noYaml() {
        return Stream.of(
                new String[] {"", "the definition is empty"},
                new String[] {"# only words", "the definition is empty"},
                new String[] {"hello", "a definition is not a mapping"},
                new String[] {"- a\n- b", "a definition is not a mapping"},
                new String[] {"a: [b", "this is not YAML: "},
                new String[] {"a: b: c", "this is not YAML: "},
                new String[] {"\ta: b", "this is not YAML: "},
                new String[] {"a: \0", "this is not YAML: "},
                new String[] {"a: *nobody", "this is not YAML: "},
                new String[] {"--- a\n--- b", "this is not YAML: "},
                new String[] {"%YAML 9.9\n--- a: b", "this is not YAML: "},
                new String[] {"a: " + "[".repeat(100_000), "this is nested deeper than 50"},
                new String[] {"#".repeat((1 << 20) + 1), "the file is over 1 MiB"},
                new String[] {"a: &a [b]\nc: [" + "*a, ".repeat(51) + "]", "this is not YAML: "},
                new String[] {"a: &a [ *a ]", "the aliases repeat too much or themselves"},
                new String[] {"? [a]\n: b", "this is not YAML: Non scalar key"},
                new String[] {bomb(), "the aliases repeat too much or themselves"});
    }

    /** Ten to the fifth lists of ten, with fewer aliases than are counted as a bomb. */
    private static String bomb() {
        var text = new StringBuilder("a0: &a0 [" + "x,".repeat(100) + "]\n");
        for (int level = 1; level <= 5; level++) {
            text.append("a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ",").repeat(10)));
        }
        return text.toString();
    }

    static Stream<String[]> sameMeaning() {
        return Stream.of(
                new String[] {" # every key there is, once", ""},
                new String[] {"about: For tests", "about: For people"},
                new String[] {"about: For tests\n", ""},
                new String[] {"rate: 120/s", "rate: 60/s"},
                new String[] {"quiet: {", "calm: {"},
                new String[] {"throughput: 100/s", "throughput: 10/s"},
                new String[] {"by: [tag]", "by:\n      - tag"},
                new String[] {"keep: likes >= 0", "keep: 'likes >= 0'"},
                new String[] {"stream: {", "\n\nstream:   {"});
    }

    static Stream<String[]> otherMeaning() {
        return Stream.of(
                new String[] {"pipeline: sound", "pipeline: other"},
                new String[] {"zone: Asia/Kolkata }\nsource", "zone: UTC }\nsource"},
                new String[] {"likes INT", "likes BIGINT"},
                new String[] {"keep: likes >= 0", "keep: likes  >= 0"},
                new String[] {"delay: 2 minutes", "delay: 3 minutes"},
                new String[] {"tumbling: 20 minutes", "tumbling: 30 minutes"},
                new String[] {"n: count(*), liked", "m: count(*), n: count(*), liked"},
                new String[] {"${mode}_per_tag", "${mode}_by_tag"},
                new String[] {"trigger: 1 second", "trigger: 2 seconds"},
                new String[] {"0.5 absolute", "0.6 absolute"});
    }
}
