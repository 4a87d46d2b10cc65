package dev.tandem.app;

import dev.tandem.app.json.Json;
import dev.tandem.app.run.ScheduledBatch;
import dev.tandem.app.schedule.BatchSchedule;
import dev.tandem.app.schedule.Timetable;
import dev.tandem.app.schedule.UnusableSchedule;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Plans;
import dev.tandem.model.Reason;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a pipeline's batch at its times, or tells them. */
@Command(
        name = "schedule",
        aliases = "scheduler",
        description = "Runs the batch on its schedule; --next tells when.",
        footer = "Runs never overlap; missed runs are coalesced into one.")
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

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Mixin
    private MasterOption master = new MasterOption();

    @Option(names = "--once", description = "run one batch now and end")
    private boolean once;

    @Override
    public Exit run(Shell shell) throws Exception {
        var pipeline = shell.pipelines().read(name, profile.chosen(shell));
        if (once) {
            return runOnce(pipeline, shell);
        }
        var timetable = timetable(pipeline, schedule(pipeline));
        if (next == null) {
            runOn(timetable, pipeline, shell);
            return Exit.FINE;
        }
        if (next < 1) {
            throw new CommandException(
                    Exit.USAGE,
                    "Cannot tell the next %d runs: at least one is needed; write e.g. --next 10".formatted(next));
        }
        var now = shell.clock().instant();
        var skipped = timetable.skipped(now, now.plus(AHEAD)).stream()
                .map(time -> "%s does not exist in %s: clocks go forward over it, and the batch of that day is skipped"
                        .formatted(time, timetable.zone()))
                .toList();
        answer(shell, new Told(timetable, timetable.next(next, now), skipped));
        return Exit.FINE;
    }

    /** Until the process is told to end; each run is a line on the screen and in the log. */
    private void runOn(Timetable timetable, Pipeline pipeline, Shell shell) throws IOException, InterruptedException {
        var log = log(shell);
        try (var batch = open(shell)) {
            shell.progress()
                    .done("the batch of '%s' runs on its schedule (%s), logged in %s; Ctrl-C ends it"
                            .formatted(pipeline.name(), timetable.told(), log));
            var waiting = BatchSchedule.Waiting.on(shell.clock()).announcedTo(batch::next);
            new BatchSchedule(timetable, shell.clock(), waiting, run -> tell(run, pipeline, log, shell.progress()))
                    .run(batch.lastRun(), due -> batch.run());
        }
    }

    /** Its failure is the command's, unlike that of a run among others. */
    private Exit runOnce(Pipeline pipeline, Shell shell) throws Exception {
        if (next != null) {
            throw new CommandException(
                    Exit.USAGE, "Cannot both run the batch once and tell its next runs; leave out --once or --next");
        }
        var log = log(shell);
        try (var batch = open(shell)) {
            var run = BatchSchedule.once(
                    shell.clock(), due -> batch.run(), it -> tell(it, pipeline, log, shell.progress()));
            answer(shell, pipeline, run);
        }
        return Exit.FINE;
    }

    private ScheduledBatch open(Shell shell) throws InterruptedException {
        var sound = DefinitionCheck.sound(shell.pipelines().find(name), profile.chosen(shell));
        shell.progress().step("starting Spark");
        return ScheduledBatch.open(
                Hostings.of(shell, name).on(master.chosen()),
                sound,
                shell.clock(),
                new ShellNarrator(shell.progress()));
    }

    private static Path log(Shell shell) throws IOException {
        return Files.createDirectories(shell.home().resolve("logs")).resolve("schedule.log");
    }

    private static void answer(Shell shell, Pipeline pipeline, BatchSchedule.Run run) {
        if (shell.json()) {
            shell.answer(Json.document("schedule")
                    .put("pipeline", pipeline.name())
                    .put("started", run.started().toString())
                    .put("finished", run.finished().toString())
                    .put("seconds", run.seconds()));
        } else {
            shell.answer("%s %s".formatted(pipeline.name(), run.told()));
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
            progress.warn("Cannot write %s: %s".formatted(log, Reason.of(e)));
        }
    }

    private record Told(Timetable timetable, List<ZonedDateTime> times, List<String> skipped) {}

    private void answer(Shell shell, Told told) {
        if (shell.json()) {
            var document = Json.document("schedule");
            told.timetable().parts().forEach(document::put);
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
        shell.answer(told.timetable().told() + "\n" + lines);
        told.skipped().forEach(shell.progress()::warn);
    }

    private static Plans.Schedule schedule(Pipeline pipeline) {
        return pipeline.batch()
                .schedule()
                .orElseThrow(() -> new CommandException(
                        Exit.INVALID,
                        "Cannot schedule '%s': its definition has no schedule; add 'batch: { schedule: { cron: \"55 23 * * *\", zone: UTC } }' or 'batch: { schedule: { every: 10 minutes } }'"
                                .formatted(pipeline.name())));
    }

    static Timetable timetable(Pipeline pipeline, Plans.Schedule schedule) {
        try {
            return Timetable.of(schedule);
        } catch (UnusableSchedule e) {
            throw new CommandException(
                    Exit.INVALID, "Cannot schedule '%s': %s; %s".formatted(pipeline.name(), e.what(), e.hint()), e);
        }
    }
}
