package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A tutorial of the documents, followed in a folder: its shell scripts are run and its files written; its commands and what they answer, in
 * pairs, are there to be compared.
 */
record Tutorial(Path folder, List<String> commands, List<String> answers) {
    private static final Pattern BLOCK = Pattern.compile("```([a-z]*)\\n(.*?)```\\n", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("Save this as `([^`]+)`");

    static Tutorial follow(String document, Path folder) throws IOException, InterruptedException {
        var text = Files.readString(Path.of("..", "docs", document));
        var file = FILE.matcher(text);
        assertThat(file.find()).isTrue();
        var commands = new ArrayList<String>();
        var answers = new ArrayList<String>();
        for (var block : BLOCK.matcher(text).results().toList()) {
            var content = block.group(2);
            switch (block.group(1)) {
                case "sh" -> shell(content, folder);
                case "yaml" -> Files.writeString(folder.resolve(file.group(1)), content);
                default -> (content.startsWith("./tandem") ? commands : answers).add(content.strip());
            }
        }
        return new Tutorial(folder, commands, answers);
    }

    private static void shell(String script, Path folder) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-e", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
    }

    TandemCommand run(String command) {
        return TandemCommand.run(folder, command.substring("./tandem ".length()).split(" "));
    }
}
