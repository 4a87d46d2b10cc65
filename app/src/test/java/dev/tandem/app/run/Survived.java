package dev.tandem.app.run;

import dev.tandem.app.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** What a run of random faults has survived, as a document. */
final class Survived {
    private final long firstSeed;
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private long sequences;
    private long exact;
    private long records;
    private long nanos;

    Survived(long firstSeed) {
        this.firstSeed = firstSeed;
    }

    void note(FaultSequence.Outcome outcome) {
        exact++;
        records += outcome.records();
        outcome.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
    }

    void took(long time) {
        sequences++;
        nanos += time;
    }

    String document(List<String> failed) {
        var text = new StringBuilder("""
                # What a stream has survived

                `./dev chaos` runs a stream in a process of its own, lets random faults befall it, and then asks an oracle that shares no code
                with Tandem. After each sequence of faults the stream's tables hold what the oracle counts, every record of the topic has landed
                exactly once, no micro-batch is missing or doubled, and a comparison with the batch leaves nothing unexplained. A seed decides
                which faults come and when; a sequence that fails is made shorter while it still fails.

                The last run, written by the test itself (`RandomFaultsTest`):

                | | |
                |---|---|
                """);
        row(text, "date", LocalDate.now(ZoneOffset.UTC));
        row(text, "version", version());
        row(text, "seeds", "%d to %d".formatted(firstSeed, firstSeed + sequences - 1));
        row(text, "sequences", "%,d".formatted(sequences));
        row(text, "exact", "%,d".formatted(exact));
        row(text, "records", "%,d".formatted(records));
        row(
                text,
                "faults",
                "%,d".formatted(faults.values().stream().mapToInt(it -> it).sum()));
        row(text, "time", "%.1f hours".formatted(nanos / 3.6e12));
        text.append("\n| fault | times |\n|---|---|\n");
        faults.forEach((fault, count) -> row(text, fault.told(), "%,d".formatted(count)));
        if (!failed.isEmpty()) {
            text.append("\n## Sequences that failed\n\n");
            failed.forEach(it ->
                    text.append("- ").append(it.lines().findFirst().orElse("")).append('\n'));
        }
        return text.toString();
    }

    private static String version() {
        var properties = new Properties();
        try (var in = Objects.requireNonNull(
                Installation.class.getResourceAsStream("version.properties"), "the version's file")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static void row(StringBuilder text, String name, Object value) {
        text.append("| %s | %s |\n".formatted(name, value));
    }
}
