package dev.tandem.page.data;

/**
 * Which of the rows that differ are asked for, and in which order.
 *
 * @param view empty for all
 * @param cause a cause's code; empty for all
 * @param start the start of the rows' window as ISO text; empty for all
 * @param text what the key contains, whatever its case; empty for all
 * @param from how many rows are left out before the first
 * @param most how many are given
 */
public record DifferenceQuery(String view, String cause, String start, String text, Order order, int from, int most) {
    /** The worst first, by what. */
    public enum Order {
        PERCENT,
        AMOUNT,
        WINDOW
    }
}
