package dev.tandem.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.StreamLedger.Range;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where a planned log is cut, while its partitions fill. */
class PlannedSourceTest {
    private static final Map<Integer, Long> FROM = Map.of(0, 10L, 1, 4L);

    private final Map<Integer, Long> there = new TreeMap<>(FROM);
    private Optional<Map<Integer, Long>> planned = Optional.empty();
    private final PlannedSource source = new PlannedSource(new Filling(), from -> planned);

    @Test
    void waitsUntilThePlanIsKnown() {
        there.putAll(Map.of(0, 30L, 1, 9L));
        assertThat(source.end(FROM)).isEqualTo(FROM);
        planned = Optional.of(Map.of(0, 20L, 1, 5L));
        assertThat(source.end(FROM)).isEqualTo(Map.of(0, 20L, 1, 5L));
    }

    @Test
    void waitsUntilEveryPartitionHasComeThatFar() {
        planned = Optional.of(Map.of(0, 20L, 1, 9L));
        there.putAll(Map.of(0, 30L, 1, 8L));
        assertThat(source.end(FROM)).isEqualTo(FROM);
        there.put(1, 9L);
        assertThat(source.end(FROM)).isEqualTo(Map.of(0, 20L, 1, 9L));
    }

    @Test
    void leavesAPartitionWithoutAnEndWhereItIs() {
        planned = Optional.of(Map.of(1, 7L));
        there.putAll(Map.of(0, 30L, 1, 8L));
        assertThat(source.end(FROM)).isEqualTo(Map.of(0, 10L, 1, 7L));
    }

    /** A log that has what {@link #there} says. */
    private final class Filling implements StreamSource {
        @Override
        public String name() {
            return "filling";
        }

        @Override
        public Map<Integer, Long> begin(Map<Integer, Long> committed) {
            return committed;
        }

        @Override
        public Map<Integer, Long> end(Map<Integer, Long> from) {
            return new TreeMap<>(there);
        }

        @Override
        public List<RecordRange> divide(Map<Integer, Range> ranges, int tasks) {
            return List.of();
        }
    }
}
