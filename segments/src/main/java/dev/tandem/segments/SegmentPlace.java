package dev.tandem.segments;

import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder of a landed log: a local or shared folder, HDFS or an object store. Serializable, because tasks write and read it.
 *
 * @param base the folder, such as {@code file:///var/tandem/segments} or {@code s3a://bucket/segments}
 * @param settings settings of Hadoop that differ from its defaults, such as {@code fs.s3a.endpoint}
 */
public record SegmentPlace(URI base, Map<String, String> settings) implements Serializable {
    public SegmentPlace {
        if (base.getScheme() == null) {
            throw new IllegalArgumentException(
                    "Cannot use '%s' as the folder of the landed log: it has no scheme; write e.g. file:///var/tandem/segments"
                            .formatted(base));
        }
        settings = Map.copyOf(settings);
    }

    /** A folder that this machine can reach as a folder. */
    public static SegmentPlace local(Path folder) {
        return new SegmentPlace(folder.toAbsolutePath().normalize().toUri(), Map.of());
    }

    OpenPlace open() {
        try {
            return OpenPlace.of(this);
        } catch (IOException e) {
            throw new SegmentException(
                    "Cannot open the folder %s of the landed log: %s; check the folder and its settings"
                            .formatted(base, Reason.of(e)),
                    e);
        }
    }
}
