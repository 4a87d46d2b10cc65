package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.fold.EndOffsets;
import dev.tandem.model.Mode;
import dev.tandem.store.Runs;
import java.util.Map;

/** The runs whose results are compared. */
record ComparedRuns(Runs.Run stream, Runs.Run batch) {
    /**
     * The last stream, and the last batch that wrote all windows: one that failed, or wrote some windows only, is not what the tables
     * hold at its cut.
     *
     * @param purpose of the runs, as in {@code explain}
     * @throws EngineException if one of them has not run, or the batch has counted something else than the landed log
     */
    static ComparedRuns latest(Runs runs, String pipeline, String purpose) {
        var batch = runs.all(pipeline, Mode.BATCH).stream()
                .filter(run -> run.end()
                        .filter(end -> end.outcome().equals(BatchJob.Done.WHOLE))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> missing(pipeline, purpose, "batch"));
        var stream = runs.latest(pipeline, Mode.STREAM).orElseThrow(() -> missing(pipeline, purpose, "stream"));
        if (batch.cut().isEmpty()) {
            throw missing(pipeline, purpose, "batch");
        }
        requireAfterRebuild(runs, pipeline, purpose, batch);
        return new ComparedRuns(stream, batch);
    }

    /** A rebuild leaves the batch's tables empty. */
    private static void requireAfterRebuild(Runs runs, String pipeline, String purpose, Runs.Run batch) {
        runs.all(pipeline, Mode.STREAM).stream()
                .flatMap(run -> run.end().stream())
                .filter(end -> end.outcome().equals(RebuildJob.REBUILT))
                .map(Runs.End::finished)
                .filter(batch.start().started()::isBefore)
                .findFirst()
                .ifPresent(rebuilt -> {
                    throw new EngineException(
                            "Cannot %s '%s': its batch of %s was run before the results were made again at %s; run the batch again with ./tandem batch %s"
                                    .formatted(purpose, pipeline, batch.start().started(), rebuilt, pipeline));
                });
    }

    static EngineException missing(String pipeline, String purpose, String verb) {
        return new EngineException("Cannot %s '%s': its %s has not run; run it with ./tandem %s %s"
                .formatted(purpose, pipeline, verb, verb, pipeline));
    }

    /** The end of what the batch has counted. */
    EndOffsets cut() {
        return batch.cut().orElseThrow();
    }

    boolean sameDimensions() {
        return dimensions(stream).equals(dimensions(batch));
    }

    private static Map<String, String> dimensions(Runs.Run run) {
        return run.end()
                .map(end -> RunMeasurements.of(end.metrics()).dimensions())
                .orElse(Map.of());
    }
}
