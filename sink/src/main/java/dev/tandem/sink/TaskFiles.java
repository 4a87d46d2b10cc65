package dev.tandem.sink;

import java.io.Serializable;
import java.util.List;

/** The files that one task of a batch made for an output; they are not published yet. */
public final class TaskFiles implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A file under its name in the staging folder, and what the manifest says of it. */
    record Made(String staged, Manifest.File file) implements Serializable {}

    private final List<Made> files;

    TaskFiles(List<Made> files) {
        this.files = List.copyOf(files);
    }

    List<Made> files() {
        return files;
    }
}
