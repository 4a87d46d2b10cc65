package dev.tandem.store;

import dev.tandem.model.Meaning;
import dev.tandem.model.Pipeline;
import dev.tandem.store.RowBatch.Collision;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What each definition said that ran on this ledger. */
public final class Definitions {
    private final DatabaseAddress address;
    private final Clock clock;

    public Definitions(DatabaseAddress address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    /** Keeps the definition of a run that begins. */
    public void note(Pipeline pipeline) {
        Session.inTransaction(address, "keep the definition of '%s'".formatted(pipeline.name()), session -> {
            try (var batch = new RowBatch(session, OwnTables.DEFINITION, Collision.REPLACE)) {
                batch.add(
                        pipeline.name(),
                        pipeline.hash(),
                        pipeline.meaning().text(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
                batch.flush();
            }
            return pipeline;
        });
    }

    /** What the definition with this hash said; empty if a version of Tandem ran it that did not keep it. */
    public Optional<Meaning> meaning(String pipeline, String hash) {
        return Session.with(
                address,
                "read the definitions of '%s'".formatted(pipeline),
                session -> session.first(
                        "select meaning from tandem_definition where pipeline = ? and hash = ?",
                        cells -> Meaning.of(cells.text("meaning")),
                        pipeline,
                        hash));
    }
}
