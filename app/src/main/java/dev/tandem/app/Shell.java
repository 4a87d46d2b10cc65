package dev.tandem.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.init.Questions;
import dev.tandem.app.json.Json;
import dev.tandem.app.run.Writers;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The environment of a command. Nothing below it uses the process's own streams, folder, environment or clock, so that a whole
 * command can run inside a test.
 *
 * @param out for the answer and nothing else
 * @param progress for messages while the command runs
 * @param settings the options of every command
 * @param surroundings the process
 * @param questions asks the person at the terminal, if there is one
 */
public record Shell(
        PrintStream out, Progress progress, Settings settings, Surroundings surroundings, Questions questions) {
    /** The answer as text or as JSON. */
    public enum Form {
        TEXT,
        JSON
    }

    /** {@code home} is absolute and may not exist yet. */
    public record Settings(Path home, Form form, Progress.Detail detail) {}

    /** The process a command runs in. */
    public record Surroundings(
            Path directory, Installation installation, Clock clock, Map<String, String> environment) {
        public Surroundings {
            environment = Map.copyOf(environment);
        }
    }

    /** Where state, logs and servers' data of this user are; absolute, and may not exist yet. */
    public Path home() {
        return settings.home();
    }

    public Clock clock() {
        return surroundings.clock();
    }

    public Installation installation() {
        return surroundings.installation();
    }

    public Pipelines pipelines() {
        return new Pipelines(
                surroundings.directory(),
                installation().pipelines(),
                folder -> Writers.fields(Hostings.in(this, folder)));
    }

    public boolean json() {
        return settings.form() == Form.JSON;
    }

    /** Answers with text; a line break is added where there is none. */
    public void answer(String text) {
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /** Answers with a document, see {@link Json#document}. */
    public void answer(ObjectNode document) {
        answer(document.toPrettyString());
    }
}
