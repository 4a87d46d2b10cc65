package dev.tandem.engine.stage;

import dev.tandem.fold.NamedFile;
import java.io.Serializable;
import java.util.List;

/**
 * The report of a task to the driver about its partition of state.
 *
 * @param share what the partition holds, and where
 * @param message what went wrong; empty where the outcome is {@link Outcome#DONE}
 * @param report of the partition itself
 * @param heads the reports of the tasks before it
 * @param files what it has landed
 */
@SuppressWarnings("ArrayRecordComponent") // they travel once and are never compared
record PartReport(
        StateShare share, Outcome outcome, String message, byte[] report, List<byte[]> heads, List<NamedFile> files)
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

    StateKind kind() {
        return share.kind();
    }

    int part() {
        return share.part();
    }
}
