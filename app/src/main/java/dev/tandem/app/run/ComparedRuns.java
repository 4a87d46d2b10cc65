package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.fold.Cut;
import dev.tandem.model.Mode;
import dev.tandem.store.Runs;
import java.util.Map;

/** The runs whose results stand beside each other. */
record ComparedRuns(Runs.Run stream, Runs.Run batch) {
    /** The last stream, and the last batch that wrote all windows. */
    static ComparedRuns latest(Runs runs, String pipeline) {
        var stream = runs.latest(pipeline, Mode.STREAM).orElseThrow(() -> missing(pipeline, "stream"));
        var batch = runs.all(pipeline, Mode.BATCH).stream()
                .filter(run -> run.cut().isPresent()
                        && run.end()
                                .filter(end -> end.outcome().equals(BatchJob.Done.WHOLE))
                                .isPresent())
                .findFirst()
                .orElseThrow(() -> missing(pipeline, "batch"));
        return new ComparedRuns(stream, batch);
    }

    static EngineException missing(String pipeline, String verb) {
        return new EngineException("Cannot explain '%s': its %s has not run; run it with ./tandem %s %s"
                .formatted(pipeline, verb, verb, pipeline));
    }

    /** The end of what the batch has counted. */
    Cut cut() {
        return batch.cut().orElseThrow();
    }

    boolean sameDimensions() {
        return dimensions(stream).equals(dimensions(batch));
    }

    private static Map<String, String> dimensions(Runs.Run run) {
        return run.end().map(end -> Measured.of(end.metrics()).dimensions()).orElse(Map.of());
    }
}
