package dev.tandem.bench;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a measured process found, as one line of its output: {@code figures a=1.0 b=2.0}. */
record Figures(Map<String, Double> byName) {
    private static final String MARK = "figures ";

    Figures {
        byName = Map.copyOf(byName);
    }

    double of(String name) {
        var figure = byName.get(name);
        if (figure == null) {
            throw new IllegalArgumentException("Cannot tell '%s': only %s were measured".formatted(name, byName));
        }
        return figure;
    }

    /** These figures and one more. */
    Figures with(String name, double figure) {
        var more = new TreeMap<>(byName);
        more.put(name, figure);
        return new Figures(more);
    }

    /** Processor time of this process so far: steadier than the clock where others work too. */
    static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(it -> it.toMillis() / 1_000.0)
                .orElse(0.0);
    }

    String line() {
        var line = new StringBuilder(MARK.strip());
        new TreeMap<>(byName)
                .forEach(
                        (name, figure) -> line.append(' ').append(String.format(Locale.ROOT, "%s=%.3f", name, figure)));
        return line.toString();
    }

    static Optional<Figures> in(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        var figures = new TreeMap<String, Double>();
        for (var word : line.substring(MARK.length()).split(" ")) {
            int middle = word.indexOf('=');
            figures.put(word.substring(0, middle), Double.valueOf(word.substring(middle + 1)));
        }
        return Optional.of(new Figures(figures));
    }
}
