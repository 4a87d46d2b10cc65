package dev.tandem.diff.attach;

import java.util.List;
import java.util.Optional;

/**
 * How a job must have worked, as far as its table tells.
 *
 * @param behaviour the plainest of those that give the most rows
 * @param delayMicros a round delay of its watermark, with which it does
 * @param delays all delays with which it does
 * @param shiftMicros how much later than the definition's its windows begin and end by their names
 * @param reproduced rows of the table that it gives, to the last value
 * @param rows of the table, and those that it should have by this behaviour and has not
 * @param ties every other behaviour that gives as many rows: the data cannot tell them apart
 * @param tried how many behaviours were tried, each with all delays
 * @param leftOut rows with too many doubtful records
 */
public record Inference(
        Behaviour behaviour,
        long delayMicros,
        List<DelaySpan> delays,
        long shiftMicros,
        long reproduced,
        long rows,
        List<Tie> ties,
        int tried,
        long leftOut) {
    /** Another behaviour that gives as many rows, and the delays with which it does. */
    public record Tie(Behaviour behaviour, List<DelaySpan> delays) {}

    public Inference {
        delays = List.copyOf(delays);
        ties = List.copyOf(ties);
    }

    public boolean complete() {
        return reproduced == rows && leftOut == 0;
    }

    /** Whether the behaviour has a watermark that matters; without one there is no delay to tell. */
    public boolean hasDelay() {
        return behaviour.lateness() != Lateness.KEPT || behaviour.emission() == Behaviour.Emission.CLOSED;
    }

    /** The share of the rows that the behaviour gives, in percent. */
    public double percent() {
        return rows == 0 ? 100 : 100.0 * reproduced / rows;
    }

    /** Whether {@code behaviour} with this delay is the one that was found, or one that cannot be told from it. */
    public boolean allows(Behaviour other, long delay) {
        return (behaviour.equals(other) && delays.stream().anyMatch(it -> it.holds(delay)))
                || ties.stream()
                        .filter(tie -> tie.behaviour().equals(other))
                        .anyMatch(tie -> tie.delays().stream().anyMatch(it -> it.holds(delay)));
    }

    Inference recounted(long fitting, long of) {
        return new Inference(behaviour, delayMicros, delays, shiftMicros, fitting, of, ties, tried, leftOut);
    }

    /** Made of what a search has found. */
    static Optional<Inference> of(Search.Found found, Context context) {
        return found.best().stream().findFirst().map(first -> {
            var ties = found.best().stream()
                    .skip(1)
                    .map(fit -> new Tie(behaviour(fit, context.clocks()), fit.delays()))
                    .toList();
            return new Inference(
                    behaviour(first, context.clocks()),
                    RoundDelay.of(first.delays(), context.ownDelayMicros()),
                    first.delays(),
                    context.shiftMicros(),
                    found.fitting(),
                    found.rows(),
                    ties,
                    context.tried(),
                    found.leftOut());
        });
    }

    /** @param ownDelayMicros the definition's, which is told where it fits */
    record Context(List<Clock> clocks, long ownDelayMicros, long shiftMicros, int tried) {}

    private static Behaviour behaviour(Search.Fit fit, List<Clock> clocks) {
        return new Behaviour(
                clocks.get(fit.manner().pair().clock()),
                fit.manner().pair().lateness(),
                fit.manner().duplicates(),
                fit.emission());
    }
}
