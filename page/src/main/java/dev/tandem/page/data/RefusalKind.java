package dev.tandem.page.data;

/** Why a record is in no number. */
public enum RefusalKind {
    QUARANTINE,
    LATE
}
