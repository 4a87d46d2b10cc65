package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of faults, each chosen by its seed. Whatever happens, the stream's tables hold what the oracle counts, each record
 * has landed once, and a comparison leaves nothing unexplained. A sequence that fails is made shorter while it still fails.
 */
@Tag("chaos")
class RandomFaultsTest {
    private static final int SEQUENCES = Integer.getInteger("chaos.sequences", 200);
    private static final long FIRST = Long.getLong("chaos.seed", 1);

    private record Failed(FaultSequence sequence, Throwable reason) {
        @Override
        public String toString() {
            return "%s: %s".formatted(sequence, reason);
        }
    }

    @Test
    void nothingIsLostOrDoubledOrUnexplained() throws IOException {
        var survived = new Survived(FIRST);
        var failed = new ArrayList<Failed>();
        try (var servers = FaultyServers.inANewHome()) {
            for (long seed = FIRST; seed < FIRST + SEQUENCES; seed++) {
                var sequence = FaultSequence.of(seed);
                long begun = System.nanoTime();
                var failure = failure(servers, sequence, "_s" + seed, survived);
                survived.took(System.nanoTime() - begun);
                System.out.printf("sequence %s: %s%n", sequence, failure.isEmpty() ? "exact" : failure.get());
                if (failure.isPresent()) {
                    failed.add(shortest(servers, new Failed(sequence, failure.get())));
                }
                write(survived, failed);
            }
        }
        assertThat(failed).isEmpty();
    }

    /** After each sequence, since a run takes hours. */
    private static void write(Survived survived, List<Failed> failed) throws IOException {
        var report = System.getProperty("chaos.report", "");
        if (!report.isEmpty()) {
            Files.writeString(
                    Path.of(report),
                    survived.document(failed.stream().map(Failed::toString).toList()));
        }
    }

    private static Optional<Throwable> failure(
            FaultyServers servers, FaultSequence sequence, String suffix, Survived survived) {
        try {
            survived.note(sequence.run(servers, suffix));
            return Optional.empty();
        } catch (Exception | AssertionError e) {
            return Optional.of(e);
        }
    }

    /** Leaves one fault out after the other as long as what is left fails too. */
    private static Failed shortest(FaultyServers servers, Failed failed) {
        int tried = 0;
        var shortest = failed;
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (var candidate : shortest.sequence().shorter().toList()) {
                var suffix = "_s%d_%d".formatted(failed.sequence().seed(), ++tried);
                var failure = failure(servers, candidate, suffix, new Survived(candidate.seed()));
                if (failure.isPresent()) {
                    shortest = new Failed(candidate, failure.get());
                    shorter = true;
                    break;
                }
            }
        }
        return shortest;
    }

    @Test
    void everyFaultIsAmongTheFirstTwenty() {
        var faults = new LinkedHashMap<Fault, Integer>();
        for (long seed = 1; seed <= 20; seed++) {
            FaultSequence.of(seed).faults().forEach(it -> faults.merge(it, 1, Integer::sum));
        }
        assertThat(faults.keySet()).containsExactlyInAnyOrderElementsOf(List.of(Fault.values()));
    }
}
