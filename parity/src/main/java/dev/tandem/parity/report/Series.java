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

    /** The same with {@code most} windows around the one in which most rows differ; the last ones where none differs. */
    Series around(int most) {
        if (windows.size() <= most) {
            return this;
        }
        int worst = worst();
        int from = worst < 0 ? windows.size() - most : Math.min(Math.max(0, worst - most / 2), windows.size() - most);
        return new Series(view, measure, windows.subList(from, from + most));
    }

    /** The place of the window in which most rows differ, the last one of several; -1 where none differs. */
    private int worst() {
        int worst = -1;
        for (int index = 0; index < windows.size(); index++) {
            long here = differing(windows.get(index));
            if (here > 0 && (worst < 0 || here >= differing(windows.get(worst)))) {
                worst = index;
            }
        }
        return worst;
    }

    private static long differing(Report.WindowLine line) {
        return status(line) == WindowStatus.OPEN ? 0 : line.differingKeys();
    }

    /** Whether a line over the windows shows anything: a single window is a dot, and one of zeros lies on its axis. */
    boolean isLine() {
        return windows.size() > 1
                && windows.stream()
                        .anyMatch(line ->
                                line.stream().signum() != 0 || line.batch().signum() != 0);
    }

    /** Batch − stream, as everywhere: what the stream lacks. */
    static BigDecimal delta(Report.WindowLine line) {
        return line.batch().subtract(line.stream());
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

    /** The same for the first label of an axis, which says the whole day. */
    String firstLabel() {
        var start = windows.get(0).start();
        if (start.isEmpty()) {
            return label(0);
        }
        var day = Figures.day(start.get());
        return size().compareTo(Duration.ofDays(1)) >= 0 ? day : day + " " + Figures.clock(start.get());
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
