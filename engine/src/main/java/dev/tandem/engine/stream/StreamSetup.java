package dev.tandem.engine.stream;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.output.RowOutput;
import dev.tandem.engine.source.StreamSource;
import dev.tandem.engine.stage.StateShare;
import dev.tandem.fold.Changes;
import dev.tandem.fold.StreamLedger;
import dev.tandem.segments.SegmentPlace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link StreamRun} needs.
 *
 * @param checkpoint Spark's folder for positions; may be deleted, the ledger then says where to continue
 * @param source where its records come from
 * @param segments where its records are landed; empty where they are landed in a table
 * @param state the folder of its state files; may be deleted while it does not run
 * @param listener called after each commit
 * @param outputs where rows and records go beside the ledger's database
 */
public record StreamSetup(
        Compiled compiled,
        StreamSource source,
        Optional<Segments> segments,
        SegmentPlace state,
        Path checkpoint,
        Duration trigger,
        StreamLedger ledger,
        StreamHistory history,
        List<RowOutput> outputs,
        Listener listener,
        Clock clock) {
    /** Where segments are written, by the run with this id, of letters, digits and underscores. */
    public record Segments(SegmentPlace place, String run) {}

    /** Told of each micro-batch when it is committed. */
    public interface Listener {
        /**
         * @param state what each partition of the state holds now
         * @param took from the reading to the commit
         */
        void committed(Changes changes, List<StateShare> state, Duration took);
    }

    public StreamSetup {
        outputs = List.copyOf(outputs);
    }
}
