package dev.tandem.app;

import dev.tandem.app.init.From;
import dev.tandem.app.init.InitException;
import dev.tandem.app.init.InitOptions;
import dev.tandem.app.init.ProposedPipeline;
import dev.tandem.app.init.Questions;
import dev.tandem.app.json.Json;
import dev.tandem.diff.side.RowSample;
import dev.tandem.diff.side.TableReference;
import dev.tandem.model.DefinitionException;
import dev.tandem.model.Durations;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** From records to a definition: reads some, proposes what can be measured, and asks the rest. */
@Command(name = "init", description = "Proposes a definition from a file, folder, topic or table, and writes it.")
final class InitVerb implements Verb {
    private static final Pattern TOPIC = Pattern.compile("kafka:(?://([^/]+)/)?([A-Za-z0-9._-]+)");
    private static final String NO_KEY = "none";

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "a file or a folder of CSV or JSON files, kafka://host:9092/TOPIC, kafka:TOPIC (broker from"
                    + " KAFKA_BOOTSTRAP_SERVERS), or a table such as postgres://user@host/db?table=NAME")
    private String source = "";

    @Option(
            names = "--query",
            paramLabel = "SQL",
            description = "what a database is asked, in the place of ?table=NAME")
    private @Nullable String query;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "how many records are read at most (default: ${DEFAULT-VALUE})")
    private int most = 20_000;

    @ArgGroup(heading = "What is not to be proposed, nor asked:%n", exclusive = false)
    private DecidedOptions decided = new DecidedOptions();

    @ArgGroup(heading = "Answer:%n", exclusive = false)
    private WritingOptions writing = new WritingOptions();

    static final class DecidedOptions {
        @Option(names = "--name", paramLabel = "NAME", description = "of the pipeline")
        private @Nullable String name;

        @Option(names = "--event-time", paramLabel = "FIELD", description = "when an event happened")
        private @Nullable String eventTime;

        @Option(names = "--zone", paramLabel = "ZONE", description = "of times that name none, as Europe/Berlin")
        private @Nullable String zone;

        @Option(names = "--delay", paramLabel = "TIME", description = "of the watermark, as 2m")
        private @Nullable String delay;

        @Option(names = "--key", split = ",", paramLabel = "FIELD", description = "of the dedup; none for no dedup")
        private List<String> key = List.of();

        @Option(names = "--within", paramLabel = "TIME", description = "the dedup horizon, as 30m")
        private @Nullable String within;

        @Option(
                names = "--in",
                paramLabel = "DATABASE",
                description = "where results go: sqlite, postgres, mysql (default: sqlite)")
        private String database = "sqlite";
    }

    static final class WritingOptions {
        @Option(names = "--yes", description = "take all that is proposed; nothing is asked without a terminal anyway")
        private boolean yes;

        @Option(names = "--print", description = "print the definition and write nothing")
        private boolean print;

        @Option(names = "--force", description = "replace a definition that is there")
        private boolean force;
    }

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        FeedOptions.requirePositive("--sample", most);
        var proposed = proposed(shell);
        if (writing.print) {
            shell.answer(proposed.text());
            return Exit.FINE;
        }
        var folder = shell.surroundings().directory().resolve("pipelines").resolve(proposed.name());
        write(folder, proposed);
        var checked = CheckVerb.checked(shell.pipelines().find(proposed.name()), Optional.empty(), shell);
        checked.wrong().map(DefinitionException::told).ifPresent(shell.progress()::error);
        tell(shell, proposed, checked.shown());
        return checked.valid() ? Exit.FINE : Exit.INVALID;
    }

    private ProposedPipeline proposed(Shell shell) {
        try {
            var questions = writing.yes ? Questions.NONE : shell.questions();
            return from(shell).propose(most, wishes(), questions);
        } catch (InitException e) {
            throw new CommandException(
                    e.fault() == InitException.Fault.QUESTION ? Exit.USAGE : Exit.NOT_READY, Reason.of(e), e);
        }
    }

    private From from(Shell shell) {
        var surroundings = shell.surroundings();
        if (RowSample.isDatabase(source)) {
            var password = surroundings.environment().getOrDefault("TANDEM_PASSWORD", "");
            var given = new TableReference(
                    source,
                    Optional.ofNullable(query),
                    new TableReference.Surroundings(
                            surroundings.directory(), shell.installation().extensions(), password));
            return new From.Table(given, Hostings.workspace(shell).scratch());
        }
        var topic = TOPIC.matcher(source);
        if (topic.matches()) {
            return new From.Topic(kafka(shell, topic.group(1)), topic.group(2));
        }
        return new From.Files(source, surroundings.directory().resolve(source));
    }

    private static KafkaAddress kafka(Shell shell, @Nullable String bootstrap) {
        var environment = Hostings.environment(shell, Optional.empty());
        if (bootstrap != null) {
            return environment.kafkaAt(bootstrap);
        }
        return environment
                .kafka()
                .map(it -> it.address())
                .orElseThrow(
                        () -> new CommandException(
                                Exit.USAGE,
                                "Cannot read a topic: no broker is given; write kafka://host:9092/TOPIC or set KAFKA_BOOTSTRAP_SERVERS"));
    }

    private InitOptions wishes() {
        return new InitOptions(
                Optional.ofNullable(decided.name),
                Optional.ofNullable(decided.eventTime),
                Optional.ofNullable(decided.zone).map(InitVerb::zone),
                time("--delay", decided.delay),
                decided.key.isEmpty()
                        ? Optional.empty()
                        : Optional.of(decided.key.equals(List.of(NO_KEY)) ? List.of() : decided.key),
                time("--within", decided.within),
                decided.database);
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new CommandException(
                    Exit.USAGE,
                    "Cannot use --zone '%s': there is no such zone; write e.g. Europe/Berlin".formatted(text),
                    e);
        }
    }

    private static Optional<Duration> time(String option, @Nullable String text) {
        return Optional.ofNullable(text)
                .map(it -> Durations.read(it)
                        .orElseThrow(() -> new CommandException(
                                Exit.USAGE,
                                "Cannot read %s '%s': it is not a length of time; write e.g. 2m"
                                        .formatted(option, it))));
    }

    private void write(Path folder, ProposedPipeline proposed) {
        var file = folder.resolve("pipeline.yaml");
        if (Files.exists(file) && !writing.force) {
            throw new CommandException(
                    Exit.USAGE,
                    "Cannot write %s: it is there already; choose another --name, or replace it with --force"
                            .formatted(file));
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(file, proposed.text());
            if (proposed.sample().isPresent()) {
                var sample = proposed.sample().get();
                Files.write(folder.resolve(sample.name()), sample.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    private void tell(Shell shell, ProposedPipeline proposed, String shown) {
        var input = proposed.sample()
                .map(it -> "pipelines/%s/%s".formatted(proposed.name(), it.name()))
                .orElse(source);
        Answers.answer(shell, text(proposed, shown, input), () -> {
            var measured = proposed.measured();
            var document = Json.document("init")
                    .put("pipeline", proposed.name())
                    .put("file", shown)
                    .put("input", input)
                    .put("records", measured.records())
                    .put("malformed", measured.malformed())
                    .put("event_time", measured.eventTime())
                    .put("out_of_order", measured.outOfOrder())
                    .put("furthest_behind_ms", measured.furthestBehind().toMillis())
                    .put("delay", Durations.told(measured.delay()))
                    .put("behind_delay", measured.behindDelay())
                    .put("duplicates", measured.duplicates());
            var key = document.putArray("key");
            measured.key().forEach(key::add);
            return document;
        });
    }

    private String text(ProposedPipeline proposed, String shown, String input) {
        var lines = new ArrayList<String>();
        lines.add("wrote  " + shown);
        proposed.summary().forEach(it -> lines.add("  " + it));
        lines.add("next");
        lines.add("  ./tandem check %s".formatted(proposed.name()));
        lines.add("  ./tandem batch %s --input %s".formatted(proposed.name(), input));
        lines.add("  ./tandem demo %s --input %s".formatted(proposed.name(), input));
        lines.add("  ./tandem start %s%s"
                .formatted(proposed.name(), Files.isDirectory(Path.of(source)) ? " --profile live" : ""));
        return String.join("\n", lines) + "\n";
    }
}
