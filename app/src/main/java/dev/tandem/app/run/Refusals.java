package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.model.Pipeline;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.RefusedScan;
import dev.tandem.store.RefusedScan.Kind;
import java.util.Optional;

/** The refused records of a pipeline where it ran last; a database that an ended run has left lying is started to be read. */
public record Refusals(RefusedScan scan, LedgerReader ledger, Whereabouts whereabouts) implements AutoCloseable {
    public static Refusals open(Hosting hosting, Pipeline pipeline, Narrator narrator) {
        if (!Whereabouts.hasRun(hosting, pipeline)) {
            throw missing(pipeline);
        }
        var whereabouts = new Whereabouts(Whereabouts.Idle.STARTED, narrator);
        try {
            whereabouts.await(hosting, pipeline);
            var landing = pipeline.source().landing();
            var address =
                    whereabouts.database(hosting, pipeline, landing.database()).orElseThrow(() -> missing(pipeline));
            var table = landing.fold(it -> Optional.of(it.table()), segments -> Optional.<String>empty());
            return new Refusals(
                    new RefusedScan(address, pipeline.name(), table),
                    new LedgerReader(address, pipeline.name()),
                    whereabouts);
        } catch (RuntimeException e) {
            whereabouts.close();
            throw e;
        }
    }

    /** How many there are by the ledger, which counts those too that are not listed. */
    public long total(Kind kind) {
        var fates = ledger.totals();
        return switch (kind) {
            case LATE -> fates.late() + fates.latePartial();
            case DUPLICATE -> fates.duplicate();
            case QUARANTINE -> fates.quarantined();
        };
    }

    private static EngineException missing(Pipeline pipeline) {
        return new EngineException("Cannot list records of '%s': its stream has not run; run it with ./tandem stream %s"
                .formatted(pipeline.name(), pipeline.name()));
    }

    @Override
    public void close() {
        whereabouts.close();
    }
}
