package dev.tandem.app;

import dev.tandem.app.run.ScheduledBatch;
import dev.tandem.app.run.Workspace;
import dev.tandem.app.schedule.BatchSchedule;
import dev.tandem.app.schedule.Cron;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** When a pipeline's batch runs next. */
@Command(name = "schedule", aliases = "scheduler", description = "Runs the batch on its schedule; --next tells when.")
final class ScheduleVerb implements Verb {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ENGLISH);
    private static final Duration AHEAD = Duration.ofDays(730);

    @Parameters(paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Option(
            names = "--next",
            paramLabel = "N",
            description = "only tell the next N runs, in the schedule's zone and in UTC")
    private @Nullable Integer next;

    @Override
    public Exit run(Shell shell) throws IOException, InterruptedException {
        var pipeline = shell.pipelines().read(name);
        var schedule = schedule(pipeline);
        var cron = cron(pipeline, schedule);
        if (next == null) {
            runOn(cron, pipeline, shell);
            return Exit.FINE;
        }
        if (next < 1) {
            throw new CommandException(
                    Exit.USAGE,
                    "Cannot tell the next %d runs: at least one is needed; write e.g. --next 10".formatted(next));
        }
        var now = shell.clock().instant();
        var times = cron.next(next, now);
        var skipped = cron.skipped(now, now.plus(AHEAD)).stream()
                .map(time -> "%s does not exist in %s: clocks go forward over it, and the batch of that day is skipped"
                        .formatted(time, schedule.zone()))
                .toList();
        answer(shell, new Told(schedule, times, skipped));
        return Exit.FINE;
    }

    /** Until the process is told to end; each run is a line on the screen and in the log. */
    private static void runOn(Cron cron, Pipeline pipeline, Shell shell) throws IOException, InterruptedException {
        var log = Files.createDirectories(shell.home().resolve("logs")).resolve("schedule.log");
        shell.progress().step("starting Spark");
        var workspace = Workspace.at(shell.home(), shell.installation().servers());
        try (var batch = ScheduledBatch.open(workspace, pipeline, shell.clock())) {
            shell.progress()
                    .done("the batch of '%s' runs on its schedule, logged in %s; Ctrl-C ends it"
                            .formatted(pipeline.name(), log));
            var waiting = BatchSchedule.Waiting.on(shell.clock());
            new BatchSchedule(cron, shell.clock(), waiting, run -> tell(run, pipeline, log, shell.progress()))
                    .run(batch.lastRun(), due -> batch.run());
        }
    }

    private static void tell(BatchSchedule.Run run, Pipeline pipeline, Path log, Progress progress) {
        progress.done(run.told());
        try {
            Files.writeString(
                    log,
                    "%s %s%n".formatted(pipeline.name(), run.told()),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            progress.warn("Cannot write %s: %s".formatted(log, e.getMessage()));
        }
    }

    private record Told(Plans.Schedule schedule, List<ZonedDateTime> times, List<String> skipped) {}

    private void answer(Shell shell, Told told) {
        if (shell.json()) {
            var document = Json.document("schedule")
                    .put("cron", told.schedule().cron())
                    .put("zone", told.schedule().zone().getId());
            var next = document.putArray("next");
            told.times()
                    .forEach(time -> next.addObject()
                            .put("local", time.toOffsetDateTime().toString())
                            .put("utc", time.toInstant().toString()));
            var skipped = document.putArray("skipped");
            told.skipped().forEach(skipped::add);
            shell.answer(document);
            return;
        }
        var lines = told.times().stream()
                .map(time -> "%s  %s".formatted(LOCAL.format(time), time.toInstant()))
                .collect(Collectors.joining("\n"));
        shell.answer(
                "%s %s%n%s".formatted(told.schedule().cron(), told.schedule().zone(), lines));
        told.skipped().forEach(shell.progress()::warn);
    }

    private static Plans.Schedule schedule(Pipeline pipeline) {
        return pipeline.batch()
                .schedule()
                .orElseThrow(() -> new CommandException(
                        Exit.INVALID,
                        "Cannot schedule '%s': its definition has no schedule; add 'batch: { schedule: { cron: \"55 23 * * *\", zone: UTC } }'"
                                .formatted(pipeline.name())));
    }

    static Cron cron(Pipeline pipeline, Plans.Schedule schedule) {
        try {
            return Cron.of(schedule);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    Exit.INVALID,
                    "Cannot schedule '%s': '%s' is no cron line: %s; write minute hour day month weekday, as in 55 23 * * *"
                            .formatted(pipeline.name(), schedule.cron(), e.getMessage()),
                    e);
        }
    }
}
