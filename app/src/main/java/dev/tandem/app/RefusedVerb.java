package dev.tandem.app;

import dev.tandem.app.run.Inquiries;
import dev.tandem.app.run.Refusals;
import dev.tandem.engine.landed.TraitSearch;
import dev.tandem.model.Pipeline;
import dev.tandem.parity.traits.CommonTraits;
import dev.tandem.store.RefusedScan.Filter;
import dev.tandem.store.RefusedScan.Kind;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists records that are not in every number, and counts them by rule, partition and hour. Needs Spark for {@code --common} only. */
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
            names = "--common",
            description =
                    "tell what the records have in common: values, partitions, files and hours that are more frequent among them than among all records; reads the landed log")
    private boolean common;

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
        if (common && format == Format.CSV) {
            throw new CommandException(Exit.USAGE, "--common has no CSV; use it with --format text or json");
        }
        var narrator = new ShellNarrator(shell.progress());
        try (var refusals = Refusals.open(Hostings.of(shell, name), pipeline, narrator)) {
            var inCommon = common ? Optional.of(inCommon(shell, pipeline)) : Optional.<CommonTraits>empty();
            var list = new RefusedAnswer.Listed(refusals.scan(), refusals.total(kind()));
            answer(shell, new RefusedAnswer(pipeline.name(), word(), kind(), list, filter(), inCommon));
        }
        return Exit.FINE;
    }

    private CommonTraits inCommon(Shell shell, Pipeline pipeline) {
        var narrator = new ShellNarrator(shell.progress());
        try (var inquiries = new Inquiries(Inquiries.Spark.ITS_OWN, shell.clock(), narrator)) {
            return inquiries.common(
                    Hostings.of(shell, name),
                    pipeline,
                    switch (kind()) {
                        case LATE -> TraitSearch.Kind.LATE;
                        case DUPLICATE -> TraitSearch.Kind.DUPLICATE;
                        case QUARANTINE -> TraitSearch.Kind.QUARANTINED;
                    });
        }
    }

    private void answer(Shell shell, RefusedAnswer answer) throws IOException {
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
