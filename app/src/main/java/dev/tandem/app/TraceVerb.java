package dev.tandem.app;

import dev.tandem.app.run.RecordQuestion;
import dev.tandem.parity.explain.TraceJson;
import dev.tandem.parity.explain.TraceText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers "what became of this record?" */
@Command(name = "trace", description = "Follows one record through both modes: steps, duplicates, windows, rows.")
final class TraceVerb implements Verb {
    @Parameters(index = "0", paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    /** One of three ways to name a record. */
    static final class Which {
        @Option(
                names = "--at",
                paramLabel = "PLACE",
                description = "its partition and offset or position, as in 0:4211")
        private @Nullable String at;

        @Option(names = "--file", paramLabel = "LINE", description = "a file and a line of it, as in part-007.csv:12")
        private @Nullable String file;

        @Option(
                names = "--where",
                paramLabel = "CONDITION",
                description = "the first record for which it is true, as in \"tweet_id = 't-4711'\"")
        private @Nullable String where;
    }

    @Mixin
    private QuestionOptions options = new QuestionOptions();

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var question = question();
        var trace = options.operations(shell, name).trace(question);
        Answers.answer(shell, "trace", TraceText.of(trace), document -> TraceJson.write(trace, document));
        return Exit.FINE;
    }

    private RecordQuestion question() {
        if (which.at != null) {
            return RecordQuestion.At.read(which.at)
                    .orElseThrow(() -> CommandException.usage(
                            "Cannot read --at '%s': write partition and position, as in 0:4211".formatted(which.at)));
        }
        if (which.file != null) {
            return RecordQuestion.InFile.read(which.file)
                    .orElseThrow(() -> CommandException.usage(
                            "Cannot read --file '%s': write the file and a line, as in part-007.csv:12"
                                    .formatted(which.file)));
        }
        return new RecordQuestion.Where(which.where == null ? "" : which.where);
    }
}
