package dev.tandem.engine.stage;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a partition by dedup key sends to one partition by group key.
 *
 * @param from the number of the sender
 * @param block partial groups, packed
 * @param report of the sender, for the driver; each sender gives it to one receiver
 */
@SuppressWarnings("ArrayRecordComponent") // they travel once and are never compared
record Decided(
        int from,
        PartReport.Outcome outcome,
        byte[] block,
        @Nullable PartReport report) implements Serializable {
    private static final long serialVersionUID = 1L;
}
