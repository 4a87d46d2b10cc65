package dev.tandem.app;

import dev.tandem.app.json.Json;
import dev.tandem.app.run.Operations;
import dev.tandem.app.run.RowQuestion;
import dev.tandem.app.run.TriedDelay;
import dev.tandem.model.Pipeline;
import dev.tandem.parity.explain.Answer;
import dev.tandem.parity.explain.AnswerJson;
import dev.tandem.parity.explain.AnswerMarkdown;
import dev.tandem.parity.explain.AnswerText;
import dev.tandem.parity.explain.Explanation;
import dev.tandem.parity.explain.Trial;
import dev.tandem.parity.explain.TrialJson;
import dev.tandem.parity.explain.TrialText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers "my dashboard says 964, the nightly table says 971: why?" */
@Command(name = "explain", description = "Explains why a row differs between stream and batch, record by record.")
final class ExplainVerb implements Verb {
    enum Format {
        TEXT,
        MARKDOWN
    }

    private static final Pattern TRIAL = Pattern.compile("delay\\s*=(?<length>.*)");

    @Parameters(index = "0", paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VIEW",
            description = "a view that both modes store (default: all)")
    private @Nullable String view;

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "KEY",
            description = "a key column and its value, as in tag=java")
    private List<String> keys = List.of();

    @Mixin
    private RowOptions row = new RowOptions();

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "5",
            description = "how many records are shown for each cause (default: ${DEFAULT-VALUE})")
    private int records = 5;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or markdown (default: ${DEFAULT-VALUE})")
    private Format format = Format.TEXT;

    @Option(
            names = "--try",
            paramLabel = "SETTING",
            description =
                    "a watermark delay, as in delay=5m, or how much more, as in delay=+90s: counts the rows again as the stream would have, and tells what the delay keeps and costs")
    private @Nullable String trial;

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Mixin
    private MasterOption master = new MasterOption();

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var question = question();
        var pipeline = shell.pipelines().read(name, profile.chosen(shell));
        var hosting = Hostings.of(shell, name).on(master.chosen());
        var operations = new Operations(hosting, pipeline, shell.clock(), new ShellNarrator(shell.progress()));
        if (trial != null) {
            tell(shell, operations.tryDelay(question, delay(trial, pipeline)));
            return Exit.FINE;
        }
        var answer = operations.explain(question);
        tell(shell, answer);
        boolean complete = answer.explained().stream()
                .flatMap(it -> it.measures().stream())
                .allMatch(Explanation.Bridge::complete);
        return complete ? Exit.FINE : Exit.DISAGREES;
    }

    private static Duration delay(String setting, Pipeline pipeline) {
        var parts = TRIAL.matcher(setting);
        var asked = parts.matches() ? TriedDelay.of(parts.group("length"), pipeline) : Optional.<Duration>empty();
        return asked.orElseThrow(() -> CommandException.usage(
                "Cannot try '%s': write a watermark delay, as in --try delay=5m, or how much more, as in --try delay=+90s"
                        .formatted(setting)));
    }

    private static void tell(Shell shell, Trial trial) {
        Answers.answer(shell, TrialText.of(trial), () -> {
            var document = Json.document("explain");
            TrialJson.write(trial, document);
            return document;
        });
    }

    private void tell(Shell shell, Answer answer) {
        if (shell.json()) {
            var document = Json.document("explain");
            AnswerJson.write(answer, document);
            shell.answer(document);
        } else {
            shell.answer(format == Format.MARKDOWN ? AnswerMarkdown.of(answer) : AnswerText.of(answer));
        }
    }

    private RowQuestion question() {
        if (records < 1) {
            throw CommandException.usage("Cannot show %d records: write a number from 1".formatted(records));
        }
        return row.question(Optional.ofNullable(view), keys, records);
    }
}
