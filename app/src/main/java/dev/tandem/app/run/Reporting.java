package dev.tandem.app.run;

import dev.tandem.app.run.Alerts.Delivery;
import dev.tandem.parity.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Compares, writes the report, keeps it as the pipeline's last one, and tells whoever wants to be told. */
final class Reporting {
    /** How long a process that would end waits for an alert to be delivered. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Hosting hosting;
    private final Job job;
    private final Narrator narrator;
    private Optional<Thread> alert = Optional.empty();

    Reporting(Hosting hosting, Job job, Narrator narrator) {
        this.hosting = hosting;
        this.job = job;
        this.narrator = narrator;
    }

    Demo.Result write(Path out) {
        var name = job.pipeline().name();
        Report report = job.comparison().run(List.of("./tandem batch " + name, "./tandem compare " + name));
        try {
            var file = job.written(report, out);
            var latest = new LatestReport(hosting.workspace(), name);
            var before = new ComparisonLog(latest.folder()).last();
            latest.keep(file);
            alert = job.pipeline().targets().alert().flatMap(it -> {
                var delivery = Delivery.usual(hosting.environment().alertSecret());
                return new Alerts(it, delivery, narrator).send(report, before);
            });
            return new Demo.Result(report, file);
        } finally {
            report.differences().close();
        }
    }

    /** Waits some seconds for the alert, because a process that ends takes it along. */
    void awaitAlert() throws InterruptedException {
        if (alert.isPresent()) {
            alert.get().join(PATIENCE.toMillis());
        }
    }
}
