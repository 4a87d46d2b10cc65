package dev.tandem.app;

import dev.tandem.app.run.Tables;
import dev.tandem.app.run.Workspace;
import dev.tandem.store.DatabaseKind;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The statements that make a pipeline's tables, for those who create tables themselves. */
@Command(name = "ddl", description = "Prints the SQL that makes a pipeline's tables.")
final class DdlVerb implements Verb {
    @Parameters(paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Option(
            names = "--in",
            paramLabel = "KIND",
            description = "mysql, postgres or sqlite (default: the definition's database)")
    private @Nullable String kind;

    @Override
    public Exit run(Shell shell) {
        var pipeline = shell.pipelines().read(name);
        var wanted = kind == null ? pipeline.databases().get(0) : kind;
        var found = Arrays.stream(DatabaseKind.values())
                .filter(each -> each.word().equals(wanted.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        Exit.USAGE,
                        "Cannot print tables for '%s': there is no such kind of database; use --in mysql, postgres or sqlite"
                                .formatted(wanted)));
        shell.progress().step("compiling '%s'".formatted(pipeline.name()));
        var workspace = Workspace.at(shell.home(), shell.installation().servers());
        shell.answer(Tables.ddl(pipeline, found, workspace));
        return Exit.FINE;
    }
}
