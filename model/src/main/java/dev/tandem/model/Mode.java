package dev.tandem.model;

import java.util.Locale;

/** The two ways one definition runs. */
public enum Mode {
    STREAM,
    BATCH;

    /** The word used in YAML, tables, files and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
