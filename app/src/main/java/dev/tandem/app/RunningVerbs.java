package dev.tandem.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.environment.Environment;
import dev.tandem.app.environment.EnvironmentException;
import dev.tandem.app.run.Exporting;
import dev.tandem.app.run.Hosting;
import dev.tandem.app.run.Operations;
import dev.tandem.app.run.Services;
import dev.tandem.app.run.Workspace;
import dev.tandem.model.Durations;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.proof.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

        @Mixin
        private ProfileOption profile = new ProfileOption();

        Pipeline pipeline(Shell shell) {
            return shell.pipelines().read(name, profile.chosen(shell));
        }

        Optional<String> profile(Shell shell) {
            return profile.chosen(shell);
        }

        Hosting hosting(Shell shell) {
            return RunningVerbs.hosting(shell, name);
        }

        Operations operations(Shell shell) {
            return new Operations(hosting(shell), pipeline(shell), shell.clock(), new ShellNarrator(shell.progress()));
        }
    }

    static Workspace workspace(Shell shell) {
        return Workspace.at(shell.home(), shell.installation().servers());
    }

    /** Where the servers of the pipeline {@code nameOrPath} are. */
    static Hosting hosting(Shell shell, String nameOrPath) {
        var folder = shell.pipelines().find(nameOrPath).folder();
        return new Hosting(workspace(shell), environment(shell, Optional.of(folder)));
    }

    /** What the process and the {@code .env} files here and in {@code definition}'s folder say. */
    static Environment environment(Shell shell, Optional<Path> definition) {
        var surroundings = shell.surroundings();
        try {
            return Environment.read(surroundings.environment(), surroundings.directory(), definition);
        } catch (EnvironmentException e) {
            throw new CommandException(Exit.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** The answer as a document where that is asked for, else as {@code text}. */
    private static void answer(Shell shell, String text, Supplier<ObjectNode> document) {
        if (shell.json()) {
            shell.answer(document.get());
        } else {
            shell.answer(text);
        }
    }

    /** What a run said of itself. */
    private static void tell(Shell shell, String verb, Target target, String told) {
        answer(
                shell,
                told,
                () -> Json.document(verb)
                        .put("pipeline", target.pipeline(shell).name())
                        .put("told", told));
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
            target.operations(shell).up();
            var services = Services.described(target.hosting(shell), target.pipeline(shell));
            answer(
                    shell,
                    services.stream().map(Up::told).collect(Collectors.joining("\n")),
                    () -> document(target.pipeline(shell), services));
            return Exit.FINE;
        }

        private static String told(Services.Described it) {
            var line = "%s  %s".formatted(it.name(), it.address());
            return it.from().equals("local") ? line : "%s  (%s)".formatted(line, it.from());
        }

        private static ObjectNode document(Pipeline pipeline, List<Services.Described> services) {
            var document = Json.document("up").put("pipeline", pipeline.name());
            var all = document.putArray("services");
            services.forEach(it -> all.addObject()
                    .put("name", it.name())
                    .put("address", it.address())
                    .put("from", it.from()));
            return document;
        }
    }

    @Command(name = "down", description = "Stops the servers that 'up' left running.")
    static final class Down implements Verb {
        @Override
        public Exit run(Shell shell) {
            var stopped = Operations.down(workspace(shell));
            answer(shell, stopped.isEmpty() ? "nothing was running" : "stopped " + String.join(", ", stopped), () -> {
                var document = Json.document("down");
                stopped.forEach(document.putArray("stopped")::add);
                return document;
            });
            return Exit.FINE;
        }
    }

    @Command(
            name = "generate",
            aliases = "producer",
            description = "Feeds a pipeline's topic or folder, from its generator or from a file.")
    static final class Generate implements Verb {
        @Mixin
        private Target target = new Target();

        @Mixin
        private FeedOptions feed = new FeedOptions();

        @Override
        public Exit run(Shell shell) {
            var fed = target.operations(shell).generate(feed.feed(shell));
            var summary = fed.summary();
            var text = "sent %,d %s in %.1f s (%,.0f/s), %,d acknowledged; by fault: %s"
                    .formatted(
                            summary.sent(),
                            fed.what(),
                            summary.took().toMillis() / 1000.0,
                            summary.perSecond(),
                            summary.acked(),
                            new TreeMap<>(summary.faults()));
            answer(shell, text, () -> document(target.pipeline(shell), fed));
            return summary.stopped() ? Exit.INTERRUPTED : Exit.FINE;
        }

        private static ObjectNode document(Pipeline pipeline, Operations.Fed fed) {
            var summary = fed.summary();
            var document = Json.document("generate")
                    .put("pipeline", pipeline.name())
                    .put("unit", fed.what())
                    .put("sent", summary.sent())
                    .put("acked", summary.acked())
                    .put("failed", summary.failed())
                    .put("stopped", summary.stopped())
                    .put("per_second", summary.perSecond())
                    .put("seconds", summary.took().toMillis() / 1000.0);
            var faults = document.putObject("faults");
            new TreeMap<>(summary.faults())
                    .forEach((fault, count) -> faults.put(fault.name().toLowerCase(Locale.ROOT), count));
            return document;
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
                tell(
                        shell,
                        "stream",
                        target,
                        target.operations(shell).drain(close ? Operations.Open.CLOSES : Operations.Open.STAYS));
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

        @Option(
                names = "--input",
                paramLabel = "PATH",
                description = "count this file, or the files of this folder, instead of what the stream has landed")
        private @Nullable Path input;

        @Option(
                names = "--table",
                paramLabel = "NAME",
                description = "count the rows of this table instead; its columns are named as the schema's fields")
        private @Nullable String table;

        @Option(
                names = "--lake",
                paramLabel = "DIR",
                description = "count the Parquet rows under this folder instead; columns as for --table")
        private @Nullable Path lake;

        @Option(
                names = "--from",
                paramLabel = "TIME",
                description = "write only windows that begin at or after it, as in 2026-01-01T00:00:00Z")
        private @Nullable Instant from;

        @Option(names = "--to", paramLabel = "TIME", description = "write only windows that begin before it")
        private @Nullable Instant to;

        @Override
        public Exit run(Shell shell) throws InterruptedException {
            var counting = new Operations.Counting(other(shell), Optional.ofNullable(from), Optional.ofNullable(to));
            tell(shell, "batch", target, target.operations(shell).batch(counting));
            return Exit.FINE;
        }

        private Optional<Operations.Counting.Input> other(Shell shell) {
            var given = new ArrayList<Operations.Counting.Input>();
            var directory = shell.surroundings().directory();
            if (input != null) {
                given.add(new Operations.Counting.Input.InFiles(directory.resolve(input)));
            }
            if (table != null) {
                given.add(new Operations.Counting.Input.InTable(table));
            }
            if (lake != null) {
                given.add(new Operations.Counting.Input.InLake(directory.resolve(lake)));
            }
            if (given.size() > 1) {
                throw new CommandException(
                        Exit.USAGE, "Cannot count several inputs at once: give one of --input, --table and --lake");
            }
            return given.stream().findFirst();
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
        var report = target.pipeline(shell).parity().report();
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

        @Mixin
        private ProfileOption profile = new ProfileOption();

        @Override
        public Exit run(Shell shell) throws InterruptedException, JsonProcessingException {
            var pipeline = shell.pipelines().read(name, profile.chosen(shell));
            var operations = new Operations(
                    RunningVerbs.hosting(shell, name), pipeline, shell.clock(), new ShellNarrator(shell.progress()));
            if (!shell.json()) {
                operations.export(view, mode, format, shell.out());
                return Exit.FINE;
            }
            var rows = new ByteArrayOutputStream();
            operations.export(view, mode, Exporting.Format.JSON, new PrintStream(rows, false, StandardCharsets.UTF_8));
            var document = Json.document("export")
                    .put("pipeline", pipeline.name())
                    .put("view", view)
                    .put("mode", mode.word());
            document.set("rows", exact().readTree(rows.toString(StandardCharsets.UTF_8)));
            shell.answer(document);
            return Exit.FINE;
        }

        /** Decimals stay as they are stored, to the last digit. */
        private static JsonMapper exact() {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();
        }
    }
}
