package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial of docs/diff.md: its tables, its commands, and what they answer, line by line but for the times of reading. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiffTutorialTest {
    private static final Path TUTORIAL = Path.of("..", "docs", "diff.md");
    private static final Pattern BLOCK = Pattern.compile("```([a-z]*)\\n(.*?)```\\n", Pattern.DOTALL);
    private static final Pattern READ = Pattern.compile("read \\S+ to \\S+,");
    private static final Pattern REPORT = Pattern.compile("report  .*");

    private final List<String> answers = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private Path folder = Path.of("");

    @BeforeAll
    void follow(@TempDir Path home) throws Exception {
        folder = home;
        var blocks = BLOCK.matcher(Files.readString(TUTORIAL)).results().toList();
        for (var block : blocks) {
            var text = block.group(2);
            switch (block.group(1)) {
                case "sh" -> shell(text);
                case "yaml" -> Files.writeString(folder.resolve("diff.yaml"), text);
                default -> (text.startsWith("./tandem") ? commands : answers).add(text.strip());
            }
        }
    }

    private void shell(String script) throws Exception {
        var process = new ProcessBuilder("sh", "-e", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
    }

    private TandemCommand run(String command) {
        return TandemCommand.run(folder, command.substring("./tandem ".length()).split(" "));
    }

    private static String withoutTimes(String text) {
        return REPORT.matcher(READ.matcher(text).replaceAll("read …,"))
                .replaceAll("report  …")
                .strip();
    }

    @Test
    void showsWhatEachCommandAnswers() {
        assertThat(commands).hasSize(3);
        for (int index = 0; index < commands.size(); index++) {
            assertThat(withoutTimes(run(commands.get(index)).out())).isEqualTo(withoutTimes(answers.get(index)));
        }
    }

    @Test
    void endsAsAScriptExpects() {
        assertThat(commands.stream().map(command -> run(command).code())).containsExactly(5, 5, 0);
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
