package dev.tandem.app.run;

import dev.tandem.engine.source.StreamSource;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.files.FolderContents.LeftOut;
import java.util.List;
import java.util.Map;

/** The log that a pipeline reads: its topic or its folder. */
interface Input {
    /** What the stream reads, at most {@code maxRecords} at once, and from where if it does not fit its ledger. */
    StreamSource source(int maxRecords, TopicStart start);

    /** What lies behind the end, and cannot be read yet; a sentence for each reason. */
    List<String> heldBack();

    /** What lies there and is not read. */
    List<LeftOut> leftOut();

    /** Where it is, for a person. */
    String place();

    /** The position after the last record that is there now, by partition. */
    Map<Integer, Long> end();
}
