package dev.tandem.app.run;

import dev.tandem.model.DefinitionChange;
import dev.tandem.model.Pipeline;
import dev.tandem.store.Ddl;
import dev.tandem.store.ResultSwitch;
import dev.tandem.store.Runs;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Tells what a definition that has changed asks of the results that are stored, and changes none of them. */
public final class PlanJob {
    /**
     * The answer.
     *
     * @param ran when the stream began its last run; empty if it has never run here
     * @param kept since when the results that a rebuild has replaced are kept; empty where there are none
     */
    public record Plan(DefinitionChange change, Optional<Instant> ran, Optional<Instant> kept) {}

    private final Hosting hosting;
    private final Pipeline pipeline;
    private final Clock clock;
    private final Narrator narrator;

    public PlanJob(Hosting hosting, Pipeline pipeline, Clock clock, Narrator narrator) {
        this.hosting = hosting;
        this.pipeline = pipeline;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Compares the definition with the one that the stream ran last. */
    public Plan plan() {
        try (var services = Services.databases(hosting, pipeline, narrator)) {
            var ledger = services.database(pipeline.source().landing().database());
            Ddl.createOwn(ledger, pipeline.name());
            var stored = new StoredDefinition(pipeline, ledger, clock);
            return new Plan(
                    stored.change(),
                    stored.lastStream().map(Runs.Run::start).map(Runs.Start::started),
                    results(services)
                            .progress()
                            .filter(it -> it.state() == ResultSwitch.State.KEPT)
                            .map(ResultSwitch.Progress::since));
        }
    }

    /** Deletes the results that the last rebuild has replaced; false if there are none. */
    public boolean forget() {
        try (var services = Services.databases(hosting, pipeline, narrator)) {
            Ddl.createOwn(services.database(pipeline.source().landing().database()), pipeline.name());
            return results(services).forget();
        }
    }

    private ResultSwitch results(Services services) {
        var ledger = pipeline.source().landing().database();
        var others = pipeline.databases().stream()
                .filter(name -> !name.equals(ledger))
                .map(services::database)
                .toList();
        return new ResultSwitch(services.database(ledger), others, pipeline.name(), clock);
    }
}
