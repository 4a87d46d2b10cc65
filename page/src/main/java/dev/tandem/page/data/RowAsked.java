package dev.tandem.page.data;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request to explain a row.
 *
 * @param view empty for the worst of all
 * @param key some of its key columns with their values
 * @param window a time in its window
 * @param row which of the worst rows that fit, from 1
 * @param records how many are shown for each cause
 */
public record RowAsked(
        Optional<String> view, Map<String, String> key, Optional<Instant> window, Optional<Integer> row, int records) {}
