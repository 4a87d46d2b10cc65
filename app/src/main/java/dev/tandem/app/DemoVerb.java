package dev.tandem.app;

import dev.tandem.app.run.Demo;
import dev.tandem.app.run.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From nothing to a verdict: servers, feed, stream, batch, comparison and report, in a folder of its own. */
@Command(
        name = "demo",
        description =
                "Starts a broker and a database, feeds a pipeline, runs it as stream and as batch, compares and reports.",
        footer =
                "The state is in .tandem/demo, which is emptied first unless --keep is given. The same --seed and --rate give the same late records, causes and verdict.")
final class DemoVerb implements Verb {
    @Mixin
    private ComputedTarget target = new ComputedTarget();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "real records instead of generated ones (.csv, .jsonl, also .gz)")
    private @Nullable Path input;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "how many to generate (default: two hours of them, at most 100,000)")
    private @Nullable Long events;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "generated events a second (default: 6,000, fewer where there are few events)")
    private @Nullable Double rate;

    @Option(
            names = "--disorder",
            paramLabel = "TIME",
            description = "each record arrives late by a share of up to this much event time")
    private @Nullable String disorder;

    @Option(names = "--seed", paramLabel = "N", description = "of the generator and of the disorder")
    private @Nullable Long seed;

    @Mixin
    private ReportFolder folder = new ReportFolder();

    @Option(names = "--keep", description = "continue with what an earlier demo left")
    private boolean keep;

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        FeedOptions.requirePositive("--events", events);
        FeedOptions.requirePositive("--rate", rate);
        var pipeline = target.sound(shell);
        var workspace =
                Workspace.at(shell.home(), shell.installation().servers()).inside("demo");
        var wish = new Demo.Request(
                pipeline,
                Optional.ofNullable(input).map(it -> GivenPath.read(shell, "--input", it)),
                events == null ? OptionalLong.empty() : OptionalLong.of(events),
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
                FeedOptions.lateness(disorder),
                Optional.ofNullable(seed),
                folder.of(pipeline, shell),
                command(shell));
        var result = new Demo(workspace, target.master(), shell.clock(), new ShellNarrator(shell.progress()))
                .run(wish, keep ? Demo.Keep.EVERYTHING : Demo.Keep.NOTHING);
        Answers.report(shell, result.report(), result.file());
        return Answers.exit(result.report());
    }

    private List<String> command(Shell shell) {
        var words = target.command(shell, "demo");
        if (input != null) {
            words.addAll(List.of("--input", input.toString()));
        } else if (events != null) {
            words.addAll(List.of("--events", events.toString()));
        }
        if (disorder != null) {
            words.addAll(List.of("--disorder", disorder));
        }
        if (rate != null) {
            words.addAll(List.of("--rate", rate.toString()));
        }
        if (seed != null) {
            words.addAll(List.of("--seed", seed.toString()));
        }
        return List.of(String.join(" ", words));
    }
}
