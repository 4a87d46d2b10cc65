package dev.tandem.app;

import dev.tandem.app.init.Questions;
import dev.tandem.app.run.Workspace;
import dev.tandem.model.JvmDefaults;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command {@code tandem}: reads the arguments, runs one verb, and is the only place that ends the process. */
@Command(
        name = "tandem",
        description = "Define a pipeline once; run it as a stream and as a batch; every number carries its proof.",
        synopsisSubcommandLabel = "<verb>",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Tandem.Version.class,
        sortOptions = false)
public final class Tandem {
    /** What a command writes to and reads from; answers to questions are read only where a person is at the other end. */
    record Streams(PrintStream out, PrintStream err, Progress.Screen screen, Optional<BufferedReader> answers) {
        /** Without anybody who could be asked. */
        Streams(PrintStream out, PrintStream err, Progress.Screen screen) {
            this(out, err, screen, Optional.empty());
        }
    }

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = ".tandem",
            description = "where state, logs and servers' data are kept (default: ${DEFAULT-VALUE})")
    private Path home = Path.of(".tandem");

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "answer with a JSON document")
    private boolean json;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "tell an error with its whole stack trace")
    private boolean verbose;

    private final Streams streams;
    private final Shell.Surroundings surroundings;
    private final Consumer<Path> beginning;

    Tandem(Streams streams, Shell.Surroundings surroundings) {
        this(streams, surroundings, home -> {});
    }

    /** {@code beginning} receives the home before a command does anything there. */
    private Tandem(Streams streams, Shell.Surroundings surroundings, Consumer<Path> beginning) {
        this.streams = streams;
        this.surroundings = surroundings;
        this.beginning = beginning;
    }

    public static void main(String[] arguments) {
        JvmDefaults.replace();
        var environment = System.getenv();
        var streams = new Streams(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                screen(Boolean.getBoolean("tandem.terminal"), environment.containsKey("NO_COLOR")),
                answers(Boolean.getBoolean("tandem.person")));
        var surroundings = new Shell.Surroundings(
                Path.of("").toAbsolutePath(), Installation.current(), Clock.systemUTC(), environment);
        Signals.interrupt(Thread.currentThread());
        System.exit(run(streams, surroundings, arguments).code());
    }

    /** As a process of its own, which leaves nothing behind but its home. */
    private static Exit run(Streams streams, Shell.Surroundings surroundings, String... arguments) {
        try (var temporary = new TemporaryFiles()) {
            var scratch = (Consumer<Path>) home -> temporary.under(
                    home,
                    Workspace.at(home, surroundings.installation().servers()).scratch());
            return new Tandem(streams, surroundings, scratch).run(arguments);
        }
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** The launcher knows whether both the input and the error stream are a terminal. */
    private static Optional<BufferedReader> answers(boolean person) {
        return person
                ? Optional.of(new BufferedReader(
                        new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private static Progress.Screen screen(boolean terminal, boolean plain) {
        if (!terminal) {
            return Progress.Screen.LINES;
        }
        return plain ? Progress.Screen.TERMINAL : Progress.Screen.COLOURED_TERMINAL;
    }

    /** Runs one command to its end and tells what became of it. */
    Exit run(String... arguments) {
        var progress = new Progress(streams.err(), streams.screen(), System::nanoTime);
        var command = commandLine();
        try {
            var parsed = command.parseArgs(arguments);
            if (CommandLine.executeHelpRequest(parsed) != null) {
                return Exit.FINE;
            }
            return run(deepest(parsed), progress);
        } catch (Exception e) {
            return fail(e, progress);
        } finally {
            streams.out().flush();
            streams.err().flush();
        }
    }

    private Exit run(ParseResult parsed, Progress progress) throws Exception {
        if (parsed.commandSpec().userObject() instanceof Verb verb) {
            return run(verb, shell(progress));
        }
        progress.error(parsed.commandSpec().commandLine().getUsageMessage());
        return Exit.USAGE;
    }

    /** Lets the verb, and the threads that it starts, find the extensions. */
    private static Exit run(Verb verb, Shell shell) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try {
            ExtensionJars.loader(shell).ifPresent(thread::setContextClassLoader);
            return verb.run(shell);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Shell shell(Progress progress) {
        var at = surroundings.directory().resolve(home).normalize();
        beginning.accept(at);
        // Read by the logging configuration when the first line is logged.
        System.setProperty("tandem.logs", at.resolve("logs").toString());
        var settings = new Shell.Settings(
                at, json ? Shell.Form.JSON : Shell.Form.TEXT, verbose ? Progress.Detail.FULL : Progress.Detail.BRIEF);
        var questions = streams.answers()
                .<Questions>map(it -> new TerminalQuestions(it, streams.err()))
                .orElse(Questions.NONE);
        return new Shell(streams.out(), progress, settings, surroundings, questions);
    }

    private Exit fail(Exception thrown, Progress progress) {
        var failure =
                Failure.of(thrown, home.resolve("logs").resolve("tandem.log").toString());
        progress.error(failure.told());
        if (verbose) {
            progress.error(Failure.trace(thrown));
        }
        return failure.exit();
    }

    private static ParseResult deepest(ParseResult parsed) {
        return parsed.hasSubcommand() ? deepest(parsed.subcommand()) : parsed;
    }

    CommandLine commandLine() {
        var command = new CommandLine(this) {
            @Override
            public ParseResult parseArgs(String... arguments) {
                return super.parseArgs(Verbs.joined(arguments));
            }
        };
        Verbs.ALL.forEach(entry -> command.addSubcommand(entry.verb()));
        command.setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100);
        command.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> verbs(help.commandSpec()));
        return command;
    }

    /** The verbs under the headings of their groups; empty for a verb's own help. */
    private static String verbs(CommandSpec spec) {
        var text = new StringBuilder();
        for (var group : Verbs.Group.values()) {
            var lines = Verbs.ALL.stream()
                    .filter(entry -> entry.group() == group)
                    .map(entry -> entry.verb().getAnnotation(Command.class))
                    .filter(verb -> spec.subcommands().containsKey(verb.name()))
                    .map(verb -> "  %-12s %s%n".formatted(verb.name(), String.join(" ", verb.description())))
                    .collect(Collectors.joining());
            if (!lines.isEmpty()) {
                text.append("%n%s%n%s".formatted(group.title(), lines));
            }
        }
        return text.toString();
    }

    /** Told by {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tandem " + Installation.version()};
        }
    }
}
