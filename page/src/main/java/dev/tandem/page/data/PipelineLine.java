package dev.tandem.page.data;

import java.time.Instant;
import java.util.Optional;

/**
 * A pipeline in one line.
 *
 * @param verdict of the last comparison: agree, within_tolerance, agree_with_causes, disagree, pending
 * @param percent of the compared rows that agree, 0 to 100
 * @param schedule when the batch is to run, in words
 */
public record PipelineLine(
        String name,
        String about,
        String verdict,
        Optional<Double> percent,
        long unexplained,
        Optional<Instant> comparedAt,
        Activity stream,
        Optional<Double> latencyP95,
        Optional<Long> lag,
        String schedule,
        Scheduler scheduler) {}
