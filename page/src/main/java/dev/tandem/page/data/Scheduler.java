package dev.tandem.page.data;

/** Which process runs a pipeline's batches at the times of its definition. */
public enum Scheduler {
    /** The definition has no times. */
    NONE_PLANNED,
    /** It has, but no process that would run them is alive. */
    NOBODY,
    /** {@code tandem start}: a comparison follows each batch. */
    START,
    /** {@code tandem schedule}: batches alone. */
    SCHEDULE
}
