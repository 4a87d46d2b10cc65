package dev.tandem.app;

import dev.tandem.app.run.Refusals;
import dev.tandem.store.RefusedScan;
import dev.tandem.store.RefusedScan.Filter;
import dev.tandem.store.RefusedScan.Kind;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists records that are not in every number, and counts them by what they have in common. Needs no Spark. */
abstract sealed class RefusedVerb implements Verb permits LateVerb, DuplicatesVerb, QuarantineVerb {
    private static final long SHOWN = 20;
    private static final long IN_A_DOCUMENT = 1_000;

    enum Format {
        TEXT,
        CSV,
        JSON
    }

    @Parameters(index = "0", paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Option(names = "--partition", paramLabel = "N", description = "only records of this partition")
    private @Nullable Integer partition;

    @Option(names = "--from", paramLabel = "TIME", description = "only records that arrived then or later")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "only records that arrived before then")
    private @Nullable String until;

    @Option(names = "--list", description = "show the records too, with their bytes")
    private boolean list;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "how many records are shown (default: 20; 1000 in JSON; all in CSV)")
    private @Nullable Long most;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, csv or json; csv writes the records alone (default: ${DEFAULT-VALUE})")
    private Format format = Format.TEXT;

    @Mixin
    private ProfileOption profile = new ProfileOption();

    abstract Kind kind();

    /** The verb. */
    abstract String word();

    /** The rule or view that is asked for. */
    abstract Optional<String> reason();

    @Override
    public Exit run(Shell shell) throws InterruptedException, IOException {
        var pipeline = shell.pipelines().read(name, profile.chosen(shell));
        try (var refusals = Refusals.open(Hostings.of(shell, name), pipeline, new ShellNarrator(shell.progress()))) {
            answer(shell, pipeline.name(), refusals.scan());
        }
        return Exit.FINE;
    }

    private void answer(Shell shell, String pipeline, RefusedScan scan) throws IOException {
        var answer = new RefusedAnswer(pipeline, word(), kind(), scan, filter());
        if (shell.json() || format == Format.JSON) {
            shell.answer(answer.document(list || format == Format.JSON ? most(IN_A_DOCUMENT) : 0));
        } else if (format == Format.CSV) {
            answer.csv(most == null ? OptionalLong.empty() : OptionalLong.of(most), shell.out());
        } else {
            shell.answer(answer.text(list ? most(SHOWN) : 0));
        }
    }

    private long most(long usual) {
        return most == null ? usual : most;
    }

    private Filter filter() {
        return new Filter(
                reason(),
                Optional.ofNullable(partition),
                Optional.ofNullable(from).map(it -> GivenTime.of("--from", it)),
                Optional.ofNullable(until).map(it -> GivenTime.of("--until", it)));
    }
}
