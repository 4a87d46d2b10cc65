package dev.tandem.proof;

import dev.tandem.fold.Arrivals;
import dev.tandem.fold.Watermarks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a stream's windows come closer to the batch's with time. A window's clock starts when the stream begins the first micro-batch
 * with a record at or after the window's end: by then the time that it covers is over, whether the events are live or replayed. Its
 * error is |records of the batch − records counted so far| / records of the batch, of all windows together weighted by their
 * records.
 */
final class Convergence {
    private static final double NEARLY_RIGHT = 1.0;
    /** Seconds after a window's end at which a curve is told. */
    private static final double[] MOMENTS = {
        0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400
    };

    /** What one window still lacked at a moment, in seconds after its end. */
    private record Curve(long batch, TreeMap<Double, Long> counted) {
        long missingAt(double seconds) {
            var last = counted.floorEntry(seconds);
            return Math.abs(batch - (last == null ? 0 : last.getValue()));
        }
    }

    private final NavigableMap<Long, Evidence.Moment> timeline;
    private final Watermarks at;

    /** {@code timeline} are the stream's micro-batches by their numbers; windows that {@code at} has not closed are not told of. */
    Convergence(NavigableMap<Long, Evidence.Moment> timeline, Watermarks at) {
        this.timeline = timeline;
        this.at = at;
    }

    /** One for each of {@code views} that has a window to tell of, in their order. */
    List<Report.Convergence> of(Map<Arrivals.Window, Arrivals.Coming> windows, List<String> views) {
        var curves = new TreeMap<Integer, List<Curve>>();
        windows.forEach((window, coming) -> {
            if (at.closes(window.span())) {
                curve(window, coming)
                        .ifPresent(curve -> curves.computeIfAbsent(window.view(), view -> new ArrayList<>())
                                .add(curve));
            }
        });
        var told = new ArrayList<Report.Convergence>();
        curves.forEach((view, its) -> told.add(told(views.get(view), its)));
        return told;
    }

    private Optional<Curve> curve(Arrivals.Window window, Arrivals.Coming coming) {
        var passed = passed(Watermarks.endMicros(window.span()));
        if (passed.isEmpty() || coming.batch() == 0) {
            return Optional.empty();
        }
        var counted = new TreeMap<Double, Long>();
        long sum = 0;
        for (var part : coming.stream().entrySet()) {
            var moment = timeline.get(part.getKey());
            if (moment == null) {
                return Optional.empty();
            }
            sum += part.getValue();
            counted.put(seconds(passed.get(), moment.committed()), sum);
        }
        return Optional.of(new Curve(coming.batch(), counted));
    }

    /** When the stream began to see that a window's time is over. */
    private Optional<Instant> passed(long endMicros) {
        return timeline.values().stream()
                .filter(moment -> moment.highestEvent() >= endMicros)
                .findFirst()
                .map(Evidence.Moment::read);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static Report.Convergence told(String view, List<Curve> curves) {
        long records = curves.stream().mapToLong(Curve::batch).sum();
        var changes = new TreeSet<Double>();
        curves.forEach(curve -> changes.addAll(curve.counted().keySet()));
        double last = changes.isEmpty() ? 0 : Math.max(0, changes.last());
        var steps = new ArrayList<Report.ConvergenceStep>();
        for (double moment : MOMENTS) {
            steps.add(step(curves, records, moment));
            if (moment >= last) {
                break;
            }
        }
        var right = Optional.<Double>empty();
        for (double moment : changes.descendingSet()) {
            if (error(curves, records, moment) > NEARLY_RIGHT) {
                break;
            }
            right = Optional.of(Math.max(0, moment));
        }
        return new Report.Convergence(view, curves.size(), steps, right, error(curves, records, last));
    }

    private static Report.ConvergenceStep step(List<Curve> curves, long records, double moment) {
        double worst = curves.stream()
                .mapToDouble(curve -> 100.0 * curve.missingAt(moment) / curve.batch())
                .max()
                .orElse(0);
        return new Report.ConvergenceStep(moment, error(curves, records, moment), worst);
    }

    private static double error(List<Curve> curves, long records, double moment) {
        return 100.0
                * curves.stream().mapToLong(curve -> curve.missingAt(moment)).sum()
                / records;
    }
}
