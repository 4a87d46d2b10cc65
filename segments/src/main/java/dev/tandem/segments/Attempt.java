package dev.tandem.segments;

import java.io.Serializable;

/**
 * One attempt of a task to write its part of a micro-batch. Its run and task are part of each file's name, so that two attempts
 * never write to one file.
 *
 * @param number the number of the micro-batch
 * @param run the id of the run, unique over all runs of the pipeline
 * @param task the id of the task attempt, unique within the run
 */
public record Attempt(String pipeline, long number, String run, long task) implements Serializable {
    public Attempt {
        if (run.isEmpty() || !run.chars().allMatch(letter -> Character.isLetterOrDigit(letter) || letter == '_')) {
            throw new IllegalArgumentException(
                    "Cannot use '%s' as the id of a run in the name of a file; use letters, digits and underscores only"
                            .formatted(run));
        }
    }
}
