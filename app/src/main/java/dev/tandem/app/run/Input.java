package dev.tandem.app.run;

import dev.tandem.engine.StreamSource;
import java.util.Map;

/** The log that a pipeline reads: its topic or its folder. */
interface Input {
    /** What the stream reads, at most {@code maxRecords} of a topic at once. */
    StreamSource source(int maxRecords);

    /** The position after the last record that is there now, by partition. */
    Map<Integer, Long> end();
}
