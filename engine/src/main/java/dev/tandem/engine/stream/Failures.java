package dev.tandem.engine.stream;

import dev.tandem.engine.EngineException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.spark.sql.streaming.StreamingQueryException;

/** Finds the reason a person can use under the layers that Spark wraps around it. */
final class Failures {
    private Failures() {}

    static RuntimeException of(String pipeline, StreamingQueryException failure) {
        Throwable root = failure;
        boolean passing = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            passing |= cause instanceof RetriableException;
            if (cause.getClass().getName().startsWith("dev.tandem.") && cause instanceof RuntimeException ours) {
                return ours;
            }
        }
        var first = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        var told =
                "Cannot go on with the stream of '%s': %s: %s; nothing of the failed micro-batch was written, run it again to continue (see ./tandem doctor)"
                        .formatted(pipeline, root.getClass().getSimpleName(), first);
        return passing ? EngineException.passing(told, failure) : new EngineException(told, failure);
    }
}
