package dev.tandem.app.doctor;

import dev.tandem.model.Mode;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.Runs;
import dev.tandem.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the last runs of a pipeline ended, as recorded beside its results. */
public final class RunChecks {
    private static final String FAILED = "failed";

    private final DatabaseAddress database;
    private final Path log;

    public RunChecks(DatabaseAddress database, Path log) {
        this.database = database;
        this.log = log;
    }

    public List<Finding> of(String pipeline) {
        var findings = new ArrayList<Finding>();
        try {
            for (var mode : Mode.values()) {
                new Runs(database).latest(pipeline, mode).ifPresent(run -> findings.add(told(pipeline, mode, run)));
            }
        } catch (StoreException noTablesYet) {
            findings.add(Finding.look(
                    "runs of " + pipeline,
                    "none is recorded in %s".formatted(database.told()),
                    "'./tandem up %s', then './tandem stream %s' is the first".formatted(pipeline, pipeline)));
        }
        return findings;
    }

    private Finding told(String pipeline, Mode mode, Runs.Run run) {
        var subject = "last %s run".formatted(mode.word());
        if (run.end().isEmpty()) {
            return Finding.look(
                    subject,
                    "'%s' has not ended since %s: it is running, or was killed"
                            .formatted(pipeline, run.start().started()),
                    "'./tandem %s %s' continues it".formatted(mode.word(), pipeline));
        }
        var end = run.end().get();
        return end.outcome().startsWith(FAILED)
                ? Finding.fail(
                        subject,
                        "the Spark job of '%s' failed at %s: %s".formatted(pipeline, end.finished(), end.outcome()),
                        "see %s; './tandem %s %s' runs it again, nothing is counted twice"
                                .formatted(log, mode.word(), pipeline))
                : Finding.pass(subject, "'%s' %s at %s".formatted(pipeline, end.outcome(), end.finished()));
    }
}
