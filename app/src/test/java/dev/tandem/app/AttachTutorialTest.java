package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial of docs/attach.md: its log, its two jobs, which awk does, and what is answered, line by line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttachTutorialTest {
    private static final Pattern DIFFERENCES = Pattern.compile("(differences  |report       ).*");

    private Tutorial tutorial = new Tutorial(Path.of(""), List.of(), List.of());

    @BeforeAll
    void follow(@TempDir Path home) throws Exception {
        tutorial = Tutorial.follow("attach.md", home);
    }

    private static String withoutPlace(String text) {
        return DIFFERENCES.matcher(text).replaceAll("$1…").strip();
    }

    @Test
    void showsWhatTheCommandAnswers() throws Exception {
        assertThat(tutorial.commands()).hasSize(1);

        var answered = tutorial.run(tutorial.commands().get(0));

        assertThat(withoutPlace(answered.out()))
                .as(answered.err())
                .isEqualTo(withoutPlace(tutorial.answers().get(0)));
        assertThat(answered.code()).isEqualTo(5);
        assertThat(Files.readAllLines(tutorial.folder().resolve("comparison/attach/differences.csv")))
                .hasSizeGreaterThan(100);
        assertThat(tutorial.folder().resolve("comparison/attach/report.html"))
                .content()
                .contains("147 behaviours");
    }

    @Test
    void isCheckedAndNotRun() {
        assertThat(TandemCommand.run(tutorial.folder(), "check", "orders.yaml").code())
                .isZero();

        var streamed = TandemCommand.run(tutorial.folder(), "stream", "orders.yaml");

        assertThat(streamed.code()).isEqualTo(3);
        assertThat(streamed.err()).contains("Cannot run orders.yaml", "use ./tandem attach");
    }

    @Test
    void saysWhatIsWrongWithAttach() throws Exception {
        var text = Files.readString(tutorial.folder().resolve("orders.yaml"));
        var file = tutorial.folder().resolve("wrong.yaml");
        Files.writeString(
                file, text.replace("    stream: dashboard.csv\n    batch: nightly.csv\n", "    strem: x.csv\n"));

        var checked = TandemCommand.run(tutorial.folder(), "check", "wrong.yaml");

        assertThat(checked.code()).isEqualTo(3);
        assertThat(checked.err()).contains("'per_slot' names no table", "unknown key 'strem'");
    }
}
