package dev.tandem.model.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.model.DefinitionException;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Problem;
import dev.tandem.model.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProfilesTest {
    private static final String QUIET = "quiet: { outputs: [{ view: total, console: true }] }";

    @Nested
    class AChosenProfile {
        @Test
        void replacesWhatItNames() {
            var pipeline = read(Definitions.SOUND, "quiet");
            assertThat(pipeline.outputs()).singleElement().isInstanceOf(Output.Console.class);
            assertThat(pipeline.source()).isInstanceOf(Source.Kafka.class);
        }

        @Test
        void replacesSeveralKeysAtOnce() {
            var text = Definitions.with("array_distinct(tags)", "split(tags, ' ')");
            assertThat(read(text, "files").source()).isInstanceOf(Source.Files.class);
        }

        @Test
        void standsInTheName() {
            assertThat(read(Definitions.SOUND, "quiet").name()).isEqualTo("sound_quiet");
        }

        @Test
        void isPartOfTheHash() {
            var text = Definitions.with(QUIET, "quiet: {}");
            assertThat(read(text, "quiet").hash())
                    .isNotEqualTo(DefinitionReader.parse(text, "d.yaml").hash());
        }

        @Test
        void pointsAtItsOwnLines() {
            var text = Definitions.with("view: total, console: true }]", "view: totl, console: true }]");
            int line = text.substring(0, text.indexOf("totl")).split("\n", -1).length;
            assertThat(problems(text, "quiet")).singleElement().satisfies(problem -> {
                assertThat(problem.what()).isEqualTo("there is no view 'totl'");
                assertThat(problem.place().line()).isEqualTo(line);
            });
        }

        @Test
        void mustExist() {
            assertThat(problems(Definitions.SOUND, "quite"))
                    .extracting(Problem::what, Problem::hint)
                    .containsExactly(tuple("there is no profile 'quite'", "did you mean 'quiet'?"));
        }

        @Test
        void makesNoNameThatIsTooLong() {
            var text = Definitions.with("pipeline: sound", "pipeline: " + "s".repeat(60));
            assertThat(problems(text, "quiet"))
                    .extracting(Problem::what)
                    .contains("'" + "s".repeat(60) + "_quiet' cannot be a name");
        }
    }

    @Nested
    class AProfileThatIsNotChosen {
        @Test
        void changesNothing() {
            var without = DefinitionReader.parse(Definitions.with(QUIET, "calm: {}"), "d.yaml");
            assertThat(without).isEqualTo(DefinitionReader.parse(Definitions.SOUND, "d.yaml"));
        }

        @Test
        void isListed() {
            var file = Definitions.RESOURCES.resolve("sound.yaml");
            assertThat(DefinitionReader.profiles(file, "sound.yaml")).containsExactly("files", "quiet");
        }
    }

    @Nested
    class AMergeKey {
        @Test
        void yieldsToTheKeysThatStandThere() {
            var merged = DefinitionReader.parse(
                    Definitions.with(
                            "window: { tumbling: 20 minutes }",
                            "window: { <<: { sliding: 1 h, every: 1 h }, every: 5 m }"),
                    "d.yaml");
            var written = DefinitionReader.parse(
                    Definitions.with("window: { tumbling: 20 minutes }", "window: { sliding: 1 h, every: 5 m }"),
                    "d.yaml");
            assertThat(merged.views()).isEqualTo(written.views());
        }

        @Test
        void prefersTheFirstOfSeveral() {
            var merged = DefinitionReader.parse(
                    Definitions.with("{ tumbling: 20 minutes }", "{ <<: [{ tumbling: 1 h }, { tumbling: 2 h }] }"),
                    "d.yaml");
            assertThat(merged.grouped().get(0).window().told()).isEqualTo("1 hour tumbling");
        }

        @Test
        void namesAMapping() {
            assertThat(Definitions.problemsOf(Definitions.with("{ tumbling: 20", "{ <<: 5, tumbling: 20")))
                    .extracting(Problem::what)
                    .containsExactly("'<<' names no mapping");
        }

        @Test
        void isAnOrdinaryKeyInQuotes() {
            assertThat(Definitions.problemsOf(Definitions.with("{ tumbling: 20", "{ '<<': {}, tumbling: 20")))
                    .extracting(Problem::what)
                    .containsExactly("unknown key '<<'");
        }
    }

    private static Pipeline read(String text, String profile) {
        return DefinitionReader.parse(text, "d.yaml", Optional.of(profile));
    }

    private static List<Problem> problems(String text, String profile) {
        return catchThrowableOfType(DefinitionException.class, () -> read(text, profile))
                .problems();
    }
}
