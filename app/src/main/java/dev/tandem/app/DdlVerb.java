package dev.tandem.app;

import dev.tandem.app.json.Json;
import dev.tandem.app.run.Tables;
import dev.tandem.app.run.Workspace;
import dev.tandem.store.DatabaseKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
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
            description = "mysql, postgres, sqlite or duckdb (default: those of the definition's databases)")
    private @Nullable String kind;

    @Override
    public Exit run(Shell shell) {
        var pipeline = shell.pipelines().read(name);
        var wanted = Optional.ofNullable(kind).map(this::named);
        shell.progress().step("compiling '%s'".formatted(pipeline.name()));
        var workspace = Workspace.at(shell.home(), shell.installation().servers());
        var sql = Tables.ddl(pipeline, wanted, workspace);
        Answers.answer(
                shell,
                sql,
                () -> Json.document("ddl").put("pipeline", pipeline.name()).put("sql", sql));
        return Exit.FINE;
    }

    private DatabaseKind named(String word) {
        return Arrays.stream(DatabaseKind.values())
                .filter(each -> each.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        Exit.USAGE,
                        "Cannot print tables for '%s': there is no such kind of database; use --in mysql, postgres, sqlite or duckdb"
                                .formatted(word)));
    }
}
