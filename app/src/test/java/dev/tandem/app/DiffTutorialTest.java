package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial of docs/diff.md: its tables, its commands, and what they answer, line by line but for the times of reading. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiffTutorialTest {
    private static final Pattern READ = Pattern.compile("read \\S+ to \\S+,");
    private static final Pattern REPORT = Pattern.compile("report  .*");

    private Tutorial tutorial = new Tutorial(Path.of(""), List.of(), List.of());
    private Path folder = Path.of("");

    @BeforeAll
    void follow(@TempDir Path home) throws Exception {
        folder = home;
        tutorial = Tutorial.follow("diff.md", home);
    }

    private static String withoutTimes(String text) {
        return REPORT.matcher(READ.matcher(text).replaceAll("read …,"))
                .replaceAll("report  …")
                .strip();
    }

    @Test
    void showsWhatEachCommandAnswers() {
        var commands = tutorial.commands();
        assertThat(commands).hasSize(3);
        for (int index = 0; index < commands.size(); index++) {
            assertThat(withoutTimes(tutorial.run(commands.get(index)).out()))
                    .isEqualTo(withoutTimes(tutorial.answers().get(index)));
        }
    }

    @Test
    void endsAsAScriptExpects() {
        assertThat(tutorial.commands().stream()
                        .map(command -> tutorial.run(command).code()))
                .containsExactly(5, 5, 0);
    }

    @Test
    void isAFileThatVerifyTakes() {
        var verified = TandemCommand.run(folder, "verify", "diff.yaml", "--out", "verified", "--json");

        assertThat(verified.code()).isZero();
        assertThat(verified.out()).contains("\"verb\" : \"diff\"", "\"verdict\" : \"within_tolerance\"");
        assertThat(folder.resolve("verified/report.html")).isNotEmptyFile();
    }

    @Test
    void doesNotClaimToHaveReadAViewAgain() {
        var asked = TandemCommand.run(
                folder, "diff", "tandem:orders/revenue@stream", "nightly.csv", "--key", "category", "--again", "5s");

        assertThat(asked.code()).isEqualTo(2);
        assertThat(asked.err()).contains("Cannot read tandem:orders/revenue@stream again");
    }

    @Test
    void saysWhatAQuestionLacks() {
        var asked = TandemCommand.run(folder, "diff", "dashboard.csv", "nightly.csv");

        assertThat(asked.code()).isEqualTo(2);
        assertThat(asked.err()).contains("no key is given; add e.g. --key window_start");
    }
}
