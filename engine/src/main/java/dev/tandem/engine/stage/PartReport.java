package dev.tandem.engine.stage;

import dev.tandem.fold.NamedFile;
import java.io.Serializable;
import java.util.List;

/**
 * The report of a task to the driver about its partition of state.
 *
 * @param message what went wrong; empty where the outcome is {@link Outcome#DONE}
 * @param place the executor that holds the partition, as Spark writes locations
 * @param report of the partition itself
 * @param heads the reports of the tasks before it
 * @param files what it has landed
 */
@SuppressWarnings("ArrayRecordComponent") // they travel once and are never compared
record PartReport(
        StateKind kind,
        int part,
        Outcome outcome,
        String message,
        String place,
        long rows,
        long bytes,
        byte[] report,
        List<byte[]> heads,
        List<NamedFile> files)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    enum Outcome {
        DONE,
        /** The state that the task needs is not here. */
        LOST,
        /** A file that the task needs is missing or torn. */
        TORN,
        /** The task cannot do it, here or elsewhere. */
        FAILED;

        /** Whether running the task again would not help. A torn file of saved state ends a restore only, which asks for it first. */
        boolean isFinal() {
            return switch (this) {
                case TORN, FAILED -> true;
                case DONE, LOST -> false;
            };
        }
    }

    StateShare share() {
        return new StateShare(kind, part, rows, bytes, place);
    }
}
