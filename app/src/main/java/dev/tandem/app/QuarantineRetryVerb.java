package dev.tandem.app;

import dev.tandem.app.run.RecordQuestion;
import dev.tandem.app.run.RetryJob;
import dev.tandem.engine.source.RetryChoice;
import dev.tandem.fold.Coordinates;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts records after all that were refused by a rule that was wrong. */
@Command(
        name = "quarantine retry",
        description = "Judges records in quarantine again after a rule, a schema or a dimension has changed.",
        footer =
                "Makes the results again from the landed log, as 'stream --rebuild' does. Without an option all records are chosen.")
final class QuarantineRetryVerb implements Verb {
    @Parameters(index = "0", paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Option(names = "--rule", paramLabel = "RULE", description = "only records that this rule refused; may be repeated")
    private Set<String> rules = Set.of();

    @Option(names = "--partition", paramLabel = "N", description = "only records of this partition; may be repeated")
    private Set<Integer> partitions = Set.of();

    @Option(
            names = "--at",
            paramLabel = "PLACE",
            description = "only the record at this partition and offset or position, as in 0:4211; may be repeated")
    private List<String> places = List.of();

    @Option(names = "--from", paramLabel = "TIME", description = "only records that arrived then or later")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "only records that arrived before then")
    private @Nullable String until;

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Mixin
    private MasterOption master = new MasterOption();

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var choice = choice();
        var pipeline = DefinitionCheck.sound(shell.pipelines().find(name), profile.chosen(shell));
        var hosting = Hostings.of(shell, name).on(master.chosen());
        var done = new RetryJob(hosting, pipeline, shell.clock(), new ShellNarrator(shell.progress())).run(choice);
        Answers.answer(shell, "quarantine retry", told(pipeline.name(), done), document -> {
            document.put("pipeline", pipeline.name());
            var chosen = document.putObject("judged_again");
            done.chosen().forEach(chosen::put);
            document.put("quarantined_before", done.before())
                    .put("quarantined", done.after())
                    .put("held", done.held());
        });
        return Exit.FINE;
    }

    private static String told(String pipeline, RetryJob.Done done) {
        if (done.chosen().isEmpty()) {
            return "nothing to retry: none of the %,d records in quarantine of '%s' is chosen; ./tandem quarantine %s lists them"
                    .formatted(done.before(), pipeline, pipeline);
        }
        long judged = done.chosen().values().stream().mapToLong(Long::longValue).sum();
        var byRule = done.chosen().entrySet().stream()
                .map(it -> "%s %,d".formatted(it.getKey(), it.getValue()))
                .collect(Collectors.joining(", "));
        return "retried: %,d records in quarantine were judged again (%s); in quarantine now: %,d, before: %,d, not chosen: %,d\nrun the batch again: ./tandem batch %s"
                .formatted(judged, byRule, done.after(), done.before(), done.held(), pipeline);
    }

    private RetryChoice choice() {
        return new RetryChoice(
                rules,
                partitions,
                coordinates(),
                from == null ? Long.MIN_VALUE : GivenTime.of("--from", from).toEpochMilli(),
                until == null ? Long.MAX_VALUE : GivenTime.of("--until", until).toEpochMilli());
    }

    private Set<Coordinates> coordinates() {
        var all = new HashSet<Coordinates>();
        for (var place : places) {
            all.add(RecordQuestion.At.read(place)
                    .map(RecordQuestion.At::at)
                    .orElseThrow(() -> CommandException.usage(
                            "Cannot read --at '%s': write partition and position, as in 0:4211".formatted(place))));
        }
        return all;
    }
}
