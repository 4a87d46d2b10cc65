package dev.tandem.parity.report;

/** Whether text for the terminal is coloured. */
public enum Ink {
    PLAIN,
    /** With ANSI escape sequences, as a terminal understands them. */
    ANSI
}
