package dev.tandem.app;

import dev.tandem.app.run.Whereabouts;
import dev.tandem.app.schedule.BatchSchedule;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.page.Exposure;
import dev.tandem.page.PageException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs all parts of a pipeline in one process, with the web UI. */
@Command(name = "start", description = "Feed, stream, scheduled batches and the live page together, until Ctrl-C.")
final class StartVerb implements Verb {
    @Mixin
    private ComputedTarget target = new ComputedTarget();

    @Mixin
    private FeedOptions feed = new FeedOptions();

    @Option(
            names = "--page-port",
            paramLabel = "PORT",
            defaultValue = "" + ServeVerb.PORT,
            description = "the port of the live page, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int port = ServeVerb.PORT;

    @Option(names = "--no-page", description = "without the live page")
    private boolean noPage;

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var pipeline = target.sound(shell);
        var wished = feed.feed(shell);
        var page = noPage ? Optional.<ShownPage>empty() : Optional.of(page(shell));
        try {
            page.ifPresent(it ->
                    shell.progress().done("live page: " + it.address().resolve("/#/" + pipeline.name())));
            target.operations(shell).start(wished, (batch, next) -> schedule(shell, pipeline, batch, next));
        } finally {
            page.ifPresent(ShownPage::close);
        }
        return Exit.FINE;
    }

    /** The servers are about to be started by the run itself. */
    private ShownPage page(Shell shell) {
        try {
            return ShownPage.start(shell, target.profile(shell), new Exposure.Loopback(port), Whereabouts.Idle.LEFT);
        } catch (PageException e) {
            throw new CommandException(
                    Exit.NOT_READY,
                    "%s: --page-port PORT, or --no-page to start without it".formatted(Reason.of(e)),
                    e);
        }
    }

    private static void schedule(Shell shell, Pipeline pipeline, Runnable batch, Consumer<Instant> next) {
        pipeline.batch().schedule().ifPresent(schedule -> {
            var times = new BatchSchedule(
                    ScheduleVerb.timetable(pipeline, schedule),
                    shell.clock(),
                    BatchSchedule.Waiting.on(shell.clock()).announcedTo(next),
                    run -> shell.progress().done("batch " + run.told()));
            try {
                times.run(Optional.empty(), due -> batch.run());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
