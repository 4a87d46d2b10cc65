package dev.tandem.feed.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TradeIdsTest {

    /** Against a plain set of every id. */
    @Test
    void knowsWhatIsMissingWhateverTheOrder() {
        var random = new SplittableRandom(7);
        for (var round = 0; round < 200; round++) {
            var ids = new TradeIds();
            var plain = new HashSet<Long>();
            for (var at = 0; at < 40; at++) {
                var id = random.nextLong(100, 160);
                assertThat(ids.add(id)).isEqualTo(plain.add(id));
            }
            var least = plain.stream().mapToLong(id -> id).min().orElseThrow();
            var missing =
                    ids.missing(165).stream().mapToLong(MissingTrades::count).sum();
            assertThat(missing).isEqualTo(165 - least + 1 - plain.size());
            assertThat(ids.missing(165)).noneMatch(range -> plain.contains(range.from()) || plain.contains(range.to()));
        }
    }
}
