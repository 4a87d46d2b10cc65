package dev.tandem.sink;

import java.io.Serializable;
import java.util.List;

/**
 * What one micro-batch, or one batch run, put into a lake, with checksums: readers of manifests see whole micro-batches only, and
 * can verify each file.
 *
 * @param set the number of the micro-batch with leading zeros, or {@link #WHOLE} where each writing replaces all files
 * @param number of the micro-batch or batch run
 * @param run that wrote it
 */
record Manifest(String set, long number, String run, long rows, long bytes, List<File> files) {
    static final String WHOLE = "whole";

    /** {@code path} from the lake's folder on, with slashes. */
    record File(String path, long rows, long bytes, String sha256) implements Serializable {}

    Manifest {
        files = List.copyOf(files);
    }

    static Manifest of(String set, long number, String run, List<File> files) {
        return new Manifest(
                set,
                number,
                run,
                files.stream().mapToLong(File::rows).sum(),
                files.stream().mapToLong(File::bytes).sum(),
                files);
    }

    static String set(long number) {
        return "%06d".formatted(number);
    }
}
