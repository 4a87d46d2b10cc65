package dev.tandem.engine.stage;

import dev.tandem.fold.NamedFile;
import dev.tandem.fold.stream.KeyPart;
import java.util.List;
import java.util.Optional;

/** What one partition by dedup key has made of a micro-batch, and the files of fates that it wrote. */
record DecidedPart(KeyPart.Output sent, List<NamedFile> files) {
    /** Of a task that has nothing to send. */
    static final DecidedPart NOTHING = new DecidedPart(new KeyPart.Output(List.of(), new byte[0]), List.of());

    static DecidedPart of(KeyPart part, List<byte[]> blocks, KeyPart.Task task, Optional<SegmentLanding.Fates> fates) {
        if (fates.isEmpty()) {
            return new DecidedPart(part.take(blocks, task), List.of());
        }
        try (var into = fates.get()) {
            var sent = part.take(blocks, task, into);
            return new DecidedPart(sent, into.finish());
        }
    }
}
