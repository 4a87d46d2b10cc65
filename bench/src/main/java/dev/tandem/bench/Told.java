package dev.tandem.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** The words of the bench: tables whose figures stand beside the load of the machine, since no machine is ever alone. */
final class Told {
    private Told() {}

    static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return String.format(Locale.ROOT, "load %.1f", load);
    }

    static double median(List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** A name and its cells. */
    static void line(String name, String... cells) {
        var line = new StringBuilder(String.format(Locale.ROOT, "  %-34s", name));
        for (var cell : cells) {
            line.append(String.format(Locale.ROOT, "%18s", cell));
        }
        System.out.println(line.toString().stripTrailing());
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    static String ratio(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
