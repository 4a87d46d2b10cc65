package dev.tandem.app;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Teaches a shell the verbs and options. */
@Command(
        name = "completion",
        description = "Prints a completion script for bash and zsh: source <(./tandem completion).")
final class CompletionVerb implements Verb {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Exit run(Shell shell) {
        CommandLine root = spec.root().commandLine();
        shell.answer(AutoComplete.bash("tandem", root));
        return Exit.FINE;
    }
}
