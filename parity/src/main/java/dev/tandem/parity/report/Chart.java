package dev.tandem.parity.report;

/**
 * A picture of one aspect of a report. It is drawn at any width, so a narrow screen gets its own arrangement and not a wide one
 * with unreadable letters.
 */
interface Chart {
    /** Below this width labels stand above what they name, no longer beside it. */
    double NARROW = 500;

    /** The file name without its ending. */
    String name();

    /** What is seen, as a sentence; not what kind of chart it is. */
    String title();

    /** What is drawn, in which unit. */
    String subtitle();

    double height(double width);

    void draw(Canvas canvas, double width);
}
