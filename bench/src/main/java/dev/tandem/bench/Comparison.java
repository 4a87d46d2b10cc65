package dev.tandem.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs of several programs over the same records: prints each, then the medians and how each compares to a chosen one. */
final class Comparison {
    private static final double MILLION = 1e6;

    /** One run: how long it took, and processor time of its own process and of the servers meanwhile. */
    record Run(double seconds, double cpu, double serversCpu) {}

    private final long records;
    private final Map<String, List<Run>> runs = new LinkedHashMap<>();

    Comparison(long records) {
        this.records = records;
        Told.line("", "seconds", "events/s", "CPU-s/M", "servers CPU-s/M", "");
    }

    void note(String name, Run run) {
        runs.computeIfAbsent(name, key -> new ArrayList<>()).add(run);
        Told.line(
                name,
                Told.ratio(run.seconds),
                Told.whole(records / run.seconds),
                Told.ratio(perMillion(run.cpu)),
                Told.ratio(perMillion(run.serversCpu)),
                Told.load());
    }

    /** Prints the medians. {@code rate/X}: how many times as many events a second as X. {@code CPU/X}: the processor time as a share of that of X. */
    void tellMedians(List<String> opponents) {
        System.out.println();
        var head = new ArrayList<>(List.of("events/s", "CPU-s/M"));
        opponents.stream().filter(runs::containsKey).forEach(it -> head.add("rate/" + it));
        opponents.stream().filter(runs::containsKey).forEach(it -> head.add("CPU/" + it));
        Told.line("median", head.toArray(String[]::new));
        runs.forEach((name, its) -> {
            var cells = new ArrayList<>(List.of(Told.whole(records / seconds(its)), Told.ratio(perMillion(cpu(its)))));
            for (var opponent : opponents) {
                var others = runs.get(opponent);
                if (others != null) {
                    cells.add(Told.ratio(seconds(others) / seconds(its)));
                }
            }
            for (var opponent : opponents) {
                var others = runs.get(opponent);
                if (others != null) {
                    cells.add(Told.ratio(cpu(its) / cpu(others)));
                }
            }
            Told.line(name, cells.toArray(String[]::new));
        });
    }

    private double perMillion(double cpu) {
        return cpu * MILLION / records;
    }

    private static double seconds(List<Run> its) {
        return Told.median(its.stream().map(Run::seconds).toList());
    }

    private static double cpu(List<Run> its) {
        return Told.median(its.stream().map(Run::cpu).toList());
    }
}
