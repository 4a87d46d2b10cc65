package dev.tandem.parity;

import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.Arrivals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

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
    /** When the stream began to see an event time or a later one, by that event time. */
    private final TreeMap<Long, Instant> seen = new TreeMap<>();

    private final Watermarks at;

    /** {@code timeline} are the stream's micro-batches by their numbers; windows that {@code at} has not closed are not told of. */
    Convergence(NavigableMap<Long, Evidence.Moment> timeline, Watermarks at) {
        this.timeline = timeline;
        this.at = at;
        timeline.values().forEach(moment -> seen.putIfAbsent(moment.highestEvent(), moment.read()));
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
        var passed = seen.ceilingEntry(Watermarks.endMicros(window.span()));
        if (passed == null || coming.batch() == 0) {
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
            counted.put(seconds(passed.getValue(), moment.committed()), sum);
        }
        return Optional.of(new Curve(coming.batch(), counted));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static Report.Convergence told(String view, List<Curve> curves) {
        long records = curves.stream().mapToLong(Curve::batch).sum();
        var errors = errors(curves, records);
        double last = Math.max(0, errors.lastKey());
        var steps = new ArrayList<Report.ConvergenceStep>();
        for (double moment : MOMENTS) {
            steps.add(new Report.ConvergenceStep(moment, at(errors, moment), worst(curves, moment)));
            if (moment >= last) {
                break;
            }
        }
        var right = Optional.<Double>empty();
        for (var error : errors.descendingMap().entrySet()) {
            if (error.getValue() > NEARLY_RIGHT) {
                break;
            }
            right = Optional.of(Math.max(0, error.getKey()));
        }
        return new Report.Convergence(view, curves.size(), steps, right, at(errors, last));
    }

    /** The error of all windows together from each moment on at which one of them changed. */
    private static NavigableMap<Double, Double> errors(List<Curve> curves, long records) {
        var changes = new TreeMap<Double, Long>();
        for (var curve : curves) {
            long missing = curve.batch();
            for (var counted : curve.counted().entrySet()) {
                long left = Math.abs(curve.batch() - counted.getValue());
                changes.merge(counted.getKey(), left - missing, Long::sum);
                missing = left;
            }
        }
        var errors = new TreeMap<Double, Double>(Map.of(Double.NEGATIVE_INFINITY, 100.0));
        long missing = records;
        for (var change : changes.entrySet()) {
            missing += change.getValue();
            errors.put(change.getKey(), 100.0 * missing / records);
        }
        return errors;
    }

    private static double at(NavigableMap<Double, Double> errors, double moment) {
        return errors.floorEntry(moment).getValue();
    }

    private static double worst(List<Curve> curves, double moment) {
        return curves.stream()
                .mapToDouble(curve -> 100.0 * curve.missingAt(moment) / curve.batch())
                .max()
                .orElse(0);
    }
}
