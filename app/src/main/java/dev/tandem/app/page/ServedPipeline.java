package dev.tandem.app.page;

import dev.tandem.app.run.Hosting;
import dev.tandem.app.run.Whereabouts;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Pipeline;
import dev.tandem.store.DatabaseAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A pipeline that is shown, and where it stands.
 *
 * @param definition the text of its file
 */
public record ServedPipeline(Pipeline pipeline, String definition, Hosting hosting) {
    String name() {
        return pipeline.name();
    }

    /** The database with its ledger; empty before its first run. */
    Optional<DatabaseAddress> ledger(Whereabouts whereabouts) {
        return database(whereabouts, pipeline.source().landing().database());
    }

    Optional<DatabaseAddress> database(Whereabouts whereabouts, String name) {
        return Reading.of(() -> whereabouts.database(hosting, pipeline, name), Optional.empty());
    }

    Optional<KafkaAddress> broker(Whereabouts whereabouts) {
        return whereabouts.broker(hosting, pipeline);
    }

    Path report(Whereabouts whereabouts) {
        return whereabouts.report(hosting, pipeline);
    }
}
