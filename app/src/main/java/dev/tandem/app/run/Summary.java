package dev.tandem.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Where every record of a run went, in lines that add up to what was read. */
record Summary(List<Line> lines) {
    record Line(String what, long records) {}

    static Summary of(BatchCounts counts) {
        var fates = counts.fates();
        var lines = new ArrayList<Line>();
        lines.add(new Line("read", fates.read()));
        counts.reasons().forEach((reason, records) -> lines.add(new Line("quarantined: " + reason, records)));
        lines.add(new Line("duplicate", fates.duplicate()));
        lines.add(new Line("filtered", fates.filtered()));
        counts.splits().forEach((branch, records) -> lines.add(new Line("split: " + branch, records)));
        lines.add(new Line("counted", fates.accepted()));
        return new Summary(lines);
    }

    String told() {
        return lines.stream()
                .filter(line -> line.records() > 0)
                .map(line -> "%-34s %,12d%n".formatted(line.what(), line.records()))
                .collect(Collectors.joining());
    }
}
