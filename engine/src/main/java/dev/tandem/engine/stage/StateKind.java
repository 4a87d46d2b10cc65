package dev.tandem.engine.stage;

/** The two kinds of partitions of a stream's state. */
public enum StateKind {
    /** Remembered keys, by dedup key. */
    KEYS("keys"),
    /** Open groups, by view and group key. */
    GROUPS("groups");

    private final String word;

    StateKind(String word) {
        this.word = word;
    }

    /** What users and files call it. */
    public String word() {
        return word;
    }

    /** The name of a partition's file. */
    String file(int part) {
        return word + "-" + part;
    }
}
