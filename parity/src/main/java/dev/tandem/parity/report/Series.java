package dev.tandem.parity.report;

import dev.tandem.parity.Report;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The windows of one view in the order of time: what the charts of that view are drawn from. Never empty. */
record Series(String view, String measure, List<Report.WindowLine> windows) {
    private static final Comparator<Report.WindowLine> BY_TIME =
            Comparator.comparing(line -> line.start().orElse(Instant.MIN));

    /** One for each view that has windows, in the order of the report. */
    static List<Series> of(Report report) {
        var byView = new LinkedHashMap<String, List<Report.WindowLine>>();
        for (var line : report.windows()) {
            byView.computeIfAbsent(line.view(), view -> new ArrayList<>()).add(line);
        }
        return byView.entrySet().stream()
                .map(entry -> new Series(
                        entry.getKey(),
                        entry.getValue().get(0).measure(),
                        entry.getValue().stream().sorted(BY_TIME).toList()))
                .toList();
    }

    /** The same with its {@code most} last windows. */
    Series last(int most) {
        return windows.size() <= most
                ? this
                : new Series(view, measure, windows.subList(windows.size() - most, windows.size()));
    }

    static BigDecimal delta(Report.WindowLine line) {
        return line.stream().subtract(line.batch());
    }

    static WindowStatus status(Report.WindowLine line) {
        return WindowStatus.of(line.state());
    }

    long having(WindowStatus status) {
        return windows.stream().filter(line -> status(line) == status).count();
    }

    /** How many windows are final in both modes. */
    long closed() {
        return windows.size() - having(WindowStatus.OPEN);
    }

    /** How many closed windows have another sum in each mode. */
    long differing() {
        return windows.stream()
                .filter(line -> status(line) != WindowStatus.OPEN && delta(line).signum() != 0)
                .count();
    }

    /** Whether a row of a closed window differs. */
    boolean differs() {
        return windows.stream().anyMatch(line -> status(line) != WindowStatus.OPEN && line.differingKeys() > 0);
    }

    /** The window in which most rows differ, the last one of several, of those that are final and whose keys are known. */
    Optional<Report.WindowLine> worstCompared() {
        return windows.stream()
                .filter(line ->
                        status(line) != WindowStatus.OPEN && !line.largest().isEmpty())
                .reduce((earlier, later) -> later.differingKeys() >= earlier.differingKeys() ? later : earlier);
    }

    boolean hasTimes() {
        return windows.get(0).start().isPresent();
    }

    /** As in {@code 2026-11-20 09:00 – 11:00 UTC}: what the windows cover together. */
    String covering() {
        return Figures.window(
                windows.get(0).start(), windows.get(windows.size() - 1).end());
    }

    /** What stands below the n-th window on an axis: its start, with the day where there is more than one. */
    String label(int index) {
        var start = windows.get(index).start();
        if (start.isEmpty()) {
            return "whole run";
        }
        var day = Figures.day(start.get()).substring(5);
        if (size().compareTo(Duration.ofDays(1)) >= 0) {
            return day;
        }
        return isWithinOneDay() ? Figures.clock(start.get()) : day + " " + Figures.clock(start.get());
    }

    /** How far apart labels of this length must stand. */
    double labelWidth() {
        return 22 + 7.0 * label(0).length();
    }

    private boolean isWithinOneDay() {
        var days = windows.stream()
                .flatMap(line -> line.start().stream())
                .map(Figures::day)
                .distinct()
                .limit(2)
                .count();
        return days < 2;
    }

    private Duration size() {
        var first = windows.get(0);
        return first.start().isPresent() && first.end().isPresent()
                ? Duration.between(first.start().get(), first.end().get())
                : Duration.ZERO;
    }
}
