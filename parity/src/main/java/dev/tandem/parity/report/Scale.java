package dev.tandem.parity.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Turns values into places on an axis whose ends are round numbers. */
final class Scale {
    private final double low;
    private final double high;
    private final double step;
    private final double from;
    private final double to;

    /** {@code from} and {@code to} are where the lowest and the highest round number come to lie. */
    Scale(Span span, int steps, double from, double to) {
        var width = span.high() > span.low() ? span.high() - span.low() : Math.max(1, Math.abs(span.high()));
        step = roundStep(width / Math.max(1, steps));
        low = Math.floor(span.low() / step + 1e-9) * step;
        high = Math.max(Math.ceil(span.high() / step - 1e-9) * step, low + step);
        this.from = from;
        this.to = to;
    }

    /** The values that an axis must show. */
    record Span(double low, double high) {
        /**
         * From 0, or from somewhat below the lowest value when all of them lie far from 0: a price needs no empty room below it.
         * At least the uppermost tenth is shown, so a change by a thousandth does not look like a fall.
         */
        static <T> Span of(Stream<T> items, ToDoubleFunction<T> value) {
            var all = items.mapToDouble(value).summaryStatistics();
            if (all.getCount() == 0) {
                return new Span(0, 1);
            }
            var low = all.getMin() - Math.max((all.getMax() - all.getMin()) * 0.15, all.getMax() * 0.1);
            var farAbove = all.getMin() > 0.6 * all.getMax() && all.getMin() > 0;
            return new Span(farAbove ? low : Math.min(0, all.getMin()), Math.max(0, all.getMax()));
        }
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** Round numbers along the axis. */
    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        for (var index = 0; low + index * step <= high + step / 2; index++) {
            ticks.add(low + index * step);
        }
        return ticks;
    }

    /** The next of 1, 2, 5, 10, 20, … at or above {@code width}. */
    private static double roundStep(double width) {
        var power = Math.pow(10, Math.floor(Math.log10(width)));
        for (var factor : new double[] {1, 2, 5}) {
            if (factor * power >= width * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
