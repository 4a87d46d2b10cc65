package dev.tandem.page.data;

/** What a stream does now. */
public enum Activity {
    RUNNING,
    STOPPED,
    FAILED,
    NEVER_RUN
}
