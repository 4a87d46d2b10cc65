package dev.tandem.engine.stage;

import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.stream.KeyPart;
import dev.tandem.fold.stream.StreamDetail;
import java.io.Serializable;

/**
 * What the stages need to know of a stream.
 *
 * @param detail which records the driver needs one by one
 * @param parts how many partitions of either kind the state has
 */
public record StageSetup(String pipeline, FoldPlan plan, StreamDetail detail, int parts) implements Serializable {
    KeyPart.Task task(long number, Watermarks watermarks) {
        return new KeyPart.Task(number, watermarks, parts, detail, KeyPart.Task.STREAM);
    }
}
