package dev.tandem.app;

import dev.tandem.app.run.Operations;
import dev.tandem.engine.source.TopicStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "stream", aliases = "streaming", description = "Runs a pipeline as a stream, until Ctrl-C or drained.")
final class StreamVerb implements Verb {
    @Mixin
    private ComputedTarget target = new ComputedTarget();

    @Option(names = "--drain", description = "end when all that the topic holds is committed")
    private boolean drain;

    @Option(names = "--close", description = "with --drain: the input has ended, so close the windows that are open")
    private boolean close;

    @Option(
            names = "--rebuild",
            description =
                    "make the state from the landed log again, and the results too where the definition has changed"
                            + " (see 'plan')")
    private boolean rebuild;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            description = "for a topic that was created again or has lost records: go on at the earliest record, or at"
                    + " the same position of a copy ('position')")
    private String from = "";

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var resuming = new Operations.Resuming(rebuild ? Operations.State.REBUILT : Operations.State.SAVED, topic());
        if (drain) {
            Answers.told(
                    shell,
                    "stream",
                    target,
                    target.operations(shell).drain(close ? Operations.Open.CLOSES : Operations.Open.STAYS, resuming));
        } else {
            target.operations(shell).stream(resuming);
        }
        return Exit.FINE;
    }

    private TopicStart topic() {
        return switch (from) {
            case "" -> TopicStart.REFUSED;
            case "earliest" -> TopicStart.EARLIEST;
            case "position" -> TopicStart.SAME_POSITION;
            default ->
                throw new CommandException(
                        Exit.USAGE, "Cannot start from '%s': it is no place; use earliest or position".formatted(from));
        };
    }
}
