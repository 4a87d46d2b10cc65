package dev.tandem.fold.recount;

/** What a batch does with a record. */
public enum BatchFate {
    COUNTED,
    DUPLICATE,
    QUARANTINED,
    FILTERED,
    SPLIT
}
