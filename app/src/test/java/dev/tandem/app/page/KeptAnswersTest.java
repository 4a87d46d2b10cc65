package dev.tandem.app.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.page.data.TableAnswer;
import dev.tandem.page.data.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAnswersTest {
    @TempDir
    Path folder;

    private static TableAnswer answer(int second) {
        return new TableAnswer(
                "diff",
                "orders \"α\"",
                Instant.ofEpochSecond(second),
                "differ",
                List.of("1 of 2 rows differ.", "No pattern."),
                "/srv/report.html",
                "✖ DIFFER\n  line");
    }

    @Test
    void theLatestComesFirst() {
        var kept = new KeptAnswers(folder.resolve("tables"));
        assertThat(kept.read()).isEmpty();

        kept.keep(answer(2));
        kept.keep(answer(10));
        kept.keep(answer(1));

        assertThat(kept.read()).containsExactly(answer(10), answer(2), answer(1));
    }

    @Test
    void theOldestGoWhereThereAreTooMany() throws Exception {
        var kept = new KeptAnswers(folder);
        for (int second = 0; second < KeptAnswers.MOST + 3; second++) {
            kept.keep(answer(second));
        }

        assertThat(kept.read()).hasSize(KeptAnswers.MOST).last().isEqualTo(answer(3));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(KeptAnswers.MOST);
        }
    }

    @Test
    void aBrokenFileIsNamed() throws Exception {
        Files.writeString(folder.resolve("000000000000001-x.json"), "{");

        assertThatThrownBy(() -> new KeptAnswers(folder).read())
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining(folder.toString());
    }
}
