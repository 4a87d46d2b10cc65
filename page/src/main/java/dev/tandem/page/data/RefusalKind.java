package dev.tandem.page.data;

/** Why a record is not in every number. */
public enum RefusalKind {
    QUARANTINE,
    LATE,
    DUPLICATE
}
