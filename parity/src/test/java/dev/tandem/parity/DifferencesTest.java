package dev.tandem.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferencesTest {
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");

    @TempDir
    private Path folder;

    /** The n-th is n percent apart. */
    private static Report.Difference difference(int n) {
        return new Report.Difference(
                "windows",
                Optional.of(TEN),
                Optional.of(TEN.plusSeconds(60)),
                Map.of("tag", "t" + n),
                "n",
                Optional.of(Integer.toString(100 + n)),
                n % 2 == 0 ? Optional.of("100") : Optional.empty(),
                Optional.of(BigDecimal.valueOf(n)),
                Optional.of(new BigDecimal(n + ".000000")),
                Map.of("late", 2L),
                List.of("0-17", "3-" + n),
                new Identity(n, -n));
    }

    private static List<Report.Difference> shuffled(int count) {
        var all = new ArrayList<Report.Difference>();
        IntStream.range(0, count).forEach(n -> all.add(difference(n)));
        Collections.shuffle(all, new Random(7));
        return all;
    }

    private Differences gathered(List<Report.Difference> all, int most) {
        var gathering = new Differences.Gathering(folder, most);
        for (int from = 0; from < all.size(); from += 10) {
            gathering.add(all.subList(from, Math.min(all.size(), from + 10)));
        }
        return gathering.done();
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void comeWorstFirstFromFilesAsFromMemory() {
        var worstFirst =
                IntStream.range(0, 1_000).mapToObj(n -> difference(999 - n)).toList();

        assertThat(gathered(shuffled(1_000), 100)).containsExactlyElementsOf(worstFirst);
        assertThat(gathered(shuffled(1_000), 100_000)).containsExactlyElementsOf(worstFirst);
    }

    @Test
    void areReadAgainAsOftenAsTheyAreAskedFor() {
        var differences = gathered(shuffled(300), 50);

        assertThat(differences.stream().limit(3)).hasSize(3);
        assertThat(differences).hasSize(300);
        assertThat(differences.count()).isEqualTo(300);
    }

    @Test
    void areHeldInMemoryUpToALimit() throws IOException {
        var differences = gathered(shuffled(1_000), 100);
        var longest = new ArrayList<Integer>();
        differences.lists().forEachRemaining(list -> longest.add(list.size()));

        assertThat(files()).isNotEmpty();
        assertThat(Collections.max(longest)).isLessThanOrEqualTo(110);
        assertThat(longest.stream().mapToInt(it -> it).sum()).isEqualTo(1_000);
    }

    @Test
    void leaveNoFileBehind() throws IOException {
        var differences = gathered(shuffled(1_000), 100);
        differences.close();

        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> differences.stream().count())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot read differences back");
    }
}
