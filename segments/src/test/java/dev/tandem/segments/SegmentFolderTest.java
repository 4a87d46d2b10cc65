package dev.tandem.segments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.NamedFile;
import dev.tandem.segments.SegmentFolder.Ledger;
import dev.tandem.segments.SegmentFolder.Orphan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFolderTest {
    @TempDir
    private Path folder;

    private SegmentPlace place() {
        return SegmentPlace.local(folder);
    }

    private NamedFile segment(String pipeline, long number, String run, long task) {
        var raw = "{}".getBytes(StandardCharsets.UTF_8);
        try (var writer =
                new SegmentWriter(place(), new Attempt(pipeline, number, run, task), new SourceRange(0, 0, 1))) {
            writer.append(0, 0, 0, SegmentWriter.PASSED, null, null, raw, 0, raw.length);
            return writer.finish().orElseThrow();
        }
    }

    private List<String> orphans(Ledger ledger, String... aliveRuns) {
        return new SegmentFolder(place(), "orders")
                .orphans(ledger, Set.of(aliveRuns)).stream().map(Orphan::name).toList();
    }

    @Test
    void findsTheFileOfALosingAttempt() {
        var winner = segment("orders", 7, "run1", 1);
        var loser = segment("orders", 7, "run1", 2);

        assertThat(orphans(Ledger.of(7, Map.of(7L, List.of(winner))), "run1")).containsExactly(loser.name());
    }

    @Test
    void leavesWhatALiveRunIsWriting() {
        segment("orders", 8, "run1", 3);

        assertThat(orphans(Ledger.of(7, Map.of()), "run1")).isEmpty();
    }

    @Test
    void findsWhatADeadRunLeftBehind() {
        var left = segment("orders", 8, "run1", 3);

        assertThat(orphans(Ledger.of(7, Map.of()), "run2")).containsExactly(left.name());
    }

    @Test
    void findsAFileThatAKilledTaskHadNotFinished() throws IOException {
        var name = ".orders-7-p0-0-run1-4.parquet.unfinished";
        Files.createDirectories(folder.resolve("orders/000000000"));
        Files.writeString(folder.resolve("orders/000000000").resolve(name), "half");

        assertThat(orphans(Ledger.of(7, Map.of()))).containsExactly("orders/000000000/" + name);
    }

    @Test
    void leavesOtherPipelinesAndFilesOfOthersAlone() throws IOException {
        segment("orders_test", 1, "run1", 1);
        Files.createDirectories(folder.resolve("orders"));
        Files.writeString(folder.resolve("orders/notes.txt"), "mine");
        Files.writeString(folder.resolve("orders/other-7-p0-0-run1-4.parquet"), "another's");

        assertThat(orphans(Ledger.of(7, Map.of()))).isEmpty();
    }

    @Test
    void hasNoOrphansBeforeAnythingWasLanded() {
        assertThat(orphans(Ledger.of(0, Map.of()))).isEmpty();
    }

    @Test
    void sweepsOrphansAndNothingElse() throws IOException {
        var winner = segment("orders", 7, "run1", 1);
        segment("orders", 7, "run1", 2);
        segment("orders", 9, "run0", 2);
        var swept = new SegmentFolder(place(), "orders");

        swept.sweep(swept.orphans(Ledger.of(7, Map.of(7L, List.of(winner))), Set.of()));

        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(folder.resolve(winner.name()));
        }
    }
}
