package dev.tandem.app;

import dev.tandem.app.run.Exporting;
import dev.tandem.app.run.Operations;
import dev.tandem.app.run.Workspace;
import dev.tandem.app.schedule.BatchSchedule;
import dev.tandem.model.Durations;
import dev.tandem.model.Mode;
import dev.tandem.proof.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs that run one piece of the main job. Each only reads its options; {@link Operations} does the work. */
final class RunningVerbs {
    private RunningVerbs() {}

    /** Which pipeline. */
    static final class Target {
        @Parameters(
                index = "0",
                arity = "0..1",
                defaultValue = "tweets",
                paramLabel = "PIPELINE",
                description = "default: ${DEFAULT-VALUE}")
        private String name = "tweets";

        String name() {
            return name;
        }

        Operations operations(Shell shell) {
            return new Operations(
                    workspace(shell), shell.pipelines().read(name), shell.clock(), new ShellNarrator(shell.progress()));
        }
    }

    static Workspace workspace(Shell shell) {
        return Workspace.at(shell.home(), shell.installation().servers());
    }

    /** The value of {@code --disorder}. */
    static Optional<Duration> lateness(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(given -> Durations.read(given)
                        .orElseThrow(() -> new CommandException(
                                Exit.USAGE,
                                "Cannot read --disorder '%s': it is not a length of time; write e.g. 30m"
                                        .formatted(given))));
    }

    /** What to feed and how fast. */
    static final class FeedOptions {
        @Option(names = "--input", paramLabel = "FILE", description = "real records instead of generated ones")
        private @Nullable Path input;

        @Option(names = "--events", paramLabel = "N", description = "how many to generate (default: until Ctrl-C)")
        private @Nullable Long events;

        @Option(names = "--rate", paramLabel = "N", description = "events a second (default: the definition's)")
        private @Nullable Double rate;

        @Option(names = "--fast", description = "without pauses")
        private boolean fast;

        @Option(
                names = "--disorder",
                paramLabel = "TIME",
                description = "each record arrives late by a share of up to this much event time")
        private @Nullable String disorder;

        @Option(names = "--seed", paramLabel = "N", description = "of the generator and of the disorder")
        private @Nullable Long seed;

        Operations.Feed feed(Shell shell) {
            return new Operations.Feed(
                    Optional.ofNullable(input).map(shell.surroundings().directory()::resolve),
                    events == null ? OptionalLong.empty() : OptionalLong.of(events),
                    lateness(disorder),
                    Optional.ofNullable(seed),
                    Optional.ofNullable(rate),
                    fast);
        }
    }

    @Command(name = "up", description = "Starts the servers a pipeline needs and leaves them running.")
    static final class Up implements Verb {
        @Mixin
        private Target target = new Target();

        @Override
        public Exit run(Shell shell) {
            shell.answer(String.join("\n", target.operations(shell).up()));
            return Exit.FINE;
        }
    }

    @Command(name = "down", description = "Stops the servers that 'up' left running.")
    static final class Down implements Verb {
        @Override
        public Exit run(Shell shell) {
            var stopped = Operations.down(workspace(shell));
            shell.answer(stopped.isEmpty() ? "nothing was running" : "stopped " + String.join(", ", stopped));
            return Exit.FINE;
        }
    }

    @Command(
            name = "generate",
            aliases = "producer",
            description = "Feeds a pipeline's topic, from its generator or from a file.")
    static final class Generate implements Verb {
        @Mixin
        private Target target = new Target();

        @Mixin
        private FeedOptions feed = new FeedOptions();

        @Override
        public Exit run(Shell shell) {
            var summary = target.operations(shell).generate(feed.feed(shell));
            shell.answer("sent %,d records in %.1f s (%,.0f/s), %,d acknowledged; by fault: %s"
                    .formatted(
                            summary.sent(),
                            summary.took().toMillis() / 1000.0,
                            summary.perSecond(),
                            summary.acked(),
                            new java.util.TreeMap<>(summary.faults())));
            return summary.stopped() ? Exit.INTERRUPTED : Exit.FINE;
        }
    }

    @Command(
            name = "stream",
            aliases = "streaming",
            description = "Runs a pipeline as a stream, until Ctrl-C or drained.")
    static final class Stream implements Verb {
        @Mixin
        private Target target = new Target();

        @Option(names = "--drain", description = "end when all that the topic holds is committed")
        private boolean drain;

        @Option(
                names = "--close",
                description = "with --drain: the input has ended, so close the windows that are open")
        private boolean close;

        @Override
        public Exit run(Shell shell) throws InterruptedException {
            if (drain) {
                shell.answer(target.operations(shell).drain(close ? Operations.Open.CLOSES : Operations.Open.STAYS));
            } else {
                target.operations(shell).stream();
            }
            return Exit.FINE;
        }
    }

    @Command(name = "batch", description = "Runs a pipeline once as a batch over what its stream has landed.")
    static final class Batch implements Verb {
        @Mixin
        private Target target = new Target();

        @Override
        public Exit run(Shell shell) throws InterruptedException {
            shell.answer(target.operations(shell).batch());
            return Exit.FINE;
        }
    }

    @Command(
            name = "compare",
            description = "Compares stream and batch, explains every difference, and writes the report.")
    static final class Compare implements Verb {
        @Mixin
        private Target target = new Target();

        @Option(names = "--out", paramLabel = "DIR", description = "the report's folder (default: the definition's)")
        private @Nullable Path out;

        @Override
        public Exit run(Shell shell) throws InterruptedException {
            return Answers.exit(compared(shell, target, out));
        }
    }

    private static Report compared(Shell shell, Target target, @Nullable Path out) throws InterruptedException {
        var report = shell.pipelines().read(target.name()).parity().report();
        var directory = shell.surroundings().directory().resolve(out == null ? Path.of(report) : out);
        var result = target.operations(shell).compare(directory);
        Answers.report(shell, result.report(), result.file());
        return result.report();
    }

    @Command(
            name = "verify",
            description = "Compares like 'compare' and fails (exit 5) if the modes disagree or a target is missed.")
    static final class Verify implements Verb {
        @Mixin
        private Target target = new Target();

        @Option(names = "--out", paramLabel = "DIR", description = "the report's folder (default: the definition's)")
        private @Nullable Path out;

        @Override
        public Exit run(Shell shell) throws InterruptedException {
            var report = compared(shell, target, out);
            boolean missed = report.targets().stream().anyMatch(it -> !it.met());
            return Answers.exit(report) == Exit.FINE && missed ? Exit.DISAGREES : Answers.exit(report);
        }
    }

    @Command(name = "start", description = "Feed, stream and scheduled batches together, until Ctrl-C.")
    static final class Start implements Verb {
        @Mixin
        private Target target = new Target();

        @Mixin
        private FeedOptions feed = new FeedOptions();

        @Override
        public Exit run(Shell shell) throws InterruptedException {
            var pipeline = shell.pipelines().read(target.name());
            target.operations(shell).start(feed.feed(shell), batch -> schedule(shell, pipeline, batch));
            return Exit.FINE;
        }

        private static void schedule(Shell shell, dev.tandem.model.Pipeline pipeline, Runnable batch) {
            pipeline.batch().schedule().ifPresent(schedule -> {
                var times = new BatchSchedule(
                        ScheduleVerb.cron(pipeline, schedule),
                        shell.clock(),
                        BatchSchedule.Waiting.on(shell.clock()),
                        run -> shell.progress().done("batch " + run.told()));
                try {
                    times.run(Optional.empty(), due -> batch.run());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @Command(name = "export", description = "Writes a view's stored rows to standard output, sorted by window and key.")
    static final class Export implements Verb {
        @Parameters(index = "0", paramLabel = "PIPELINE", description = "its name, or the path of its definition")
        private String name = "";

        @Parameters(index = "1", paramLabel = "VIEW", description = "a view that is stored in a table")
        private String view = "";

        @Option(
                names = "--mode",
                paramLabel = "MODE",
                defaultValue = "stream",
                description = "stream or batch (default: ${DEFAULT-VALUE})")
        private Mode mode = Mode.STREAM;

        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                defaultValue = "csv",
                description = "csv or json (default: ${DEFAULT-VALUE})")
        private Exporting.Format format = Exporting.Format.CSV;

        @Override
        public Exit run(Shell shell) throws InterruptedException {
            new Operations(
                            workspace(shell),
                            shell.pipelines().read(name),
                            shell.clock(),
                            new ShellNarrator(shell.progress()))
                    .export(view, mode, format, shell.out());
            return Exit.FINE;
        }
    }
}
