package dev.tandem.app;

import dev.tandem.app.run.Operations;
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

    @Option(names = "--rebuild", description = "make the state from the landed log again, not from the state files")
    private boolean rebuild;

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var state = rebuild ? Operations.State.REBUILT : Operations.State.SAVED;
        if (drain) {
            Answers.told(
                    shell,
                    "stream",
                    target,
                    target.operations(shell).drain(close ? Operations.Open.CLOSES : Operations.Open.STAYS, state));
        } else {
            target.operations(shell).stream(state);
        }
        return Exit.FINE;
    }
}
