package dev.tandem.page.data;

import java.time.Instant;
import java.util.Map;

/**
 * What one comparison found.
 *
 * @param percent of the compared rows that agree, 0 to 100
 * @param unexplained rows that nothing explains
 * @param causes how many records are behind each cause
 */
public record Comparison(
        Instant at,
        String verdict,
        long comparedRows,
        long agreeingRows,
        double percent,
        long unexplained,
        Map<String, Long> causes) {}
