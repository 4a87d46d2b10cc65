package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.model.DefinitionChange;
import dev.tandem.model.DefinitionChange.Way;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.Definitions;
import dev.tandem.store.Runs;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The definition that a pipeline's stream ran last, beside the one that is to run now: two meanings in one table would be none. */
final class StoredDefinition {
    private final Pipeline pipeline;
    private final Runs runs;
    private final Definitions definitions;

    StoredDefinition(Pipeline pipeline, DatabaseAddress ledger, Clock clock) {
        this.pipeline = pipeline;
        this.runs = new Runs(ledger);
        this.definitions = new Definitions(ledger, clock);
    }

    /** Keeps the definition for later comparisons. */
    void note() {
        definitions.note(pipeline);
    }

    /** The stream's last run, which says which definition made the stored results. */
    Optional<Runs.Run> lastStream() {
        return runs.latest(pipeline.name(), Mode.STREAM);
    }

    /** What has changed since the stream ran last; nothing before its first run. */
    DefinitionChange change() {
        return lastStream()
                .map(run -> since(run.start().definition()))
                .orElseGet(() -> new DefinitionChange(List.of(), Set.of(), Optional.empty()));
    }

    private DefinitionChange since(String hash) {
        return hash.equals(pipeline.hash())
                ? new DefinitionChange(List.of(), Set.of(), Optional.of(pipeline.meaning()))
                : DefinitionChange.between(definitions.meaning(pipeline.name(), hash), pipeline);
    }

    /**
     * Refuses to go on from what another definition has counted.
     *
     * @param purpose as in {@code continue the stream of}
     */
    void requireSame(String purpose) {
        var change = change();
        if (change.way() == Way.CONTINUE) {
            return;
        }
        var name = pipeline.name();
        var hint = change.way() == Way.REBUILD
                ? "look at it with ./tandem plan %1$s, and have the results made again from the landed log with ./tandem stream %1$s --rebuild"
                        .formatted(name)
                : "give the changed one a new name and new tables, or a new --home";
        throw new EngineException("Cannot %s '%s': its definition has changed since the run of %s (%s); %s"
                .formatted(purpose, name, lastStream().orElseThrow().start().started(), change.summary(), hint));
    }

    /** Refuses a batch that has counted by a definition whose numbers are others. */
    void requireSame(ComparedRuns compared, String purpose) {
        requireSame(purpose);
        var batch = compared.batch().start();
        if (since(batch.definition()).way() != Way.CONTINUE) {
            throw new EngineException(
                    "Cannot %s '%s': its batch of %s was run under another definition than its stream; run the batch again with ./tandem batch %s"
                            .formatted(purpose, pipeline.name(), batch.started(), pipeline.name()));
        }
    }
}
