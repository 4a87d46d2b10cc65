package dev.tandem.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.recount.EventTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Partitions of a topic beside each other; the spans between the times were worked out by hand. */
class PartitionGapTest {
    private static EventTimes times(long records, long late, String first, String last) {
        return new EventTimes(records, late, micros(first), micros(last));
    }

    private static long micros(String time) {
        return Instant.parse("2026-03-01T%s:00Z".formatted(time)).getEpochSecond() * 1_000_000;
    }

    private static String told(Map<Integer, EventTimes> partitions) {
        return PartitionGap.of(new TreeMap<>(partitions))
                .map(PartitionGap::told)
                .orElse("");
    }

    /** From 06:48 to 12:00 are 5 hours and 12 minutes; 06:48 is 5:42 before 12:30, which is not its neighbour. */
    @Test
    void namesTheOneThatIsBehind() {
        var partitions = new TreeMap<>(Map.of(
                0, times(1_000, 0, "08:00", "12:00"),
                1, times(1_000, 3, "08:10", "12:10"),
                2, times(1_000, 0, "08:00", "12:30"),
                3, times(5_000, 4_812, "02:00", "06:48")));
        assertThat(PartitionGap.of(partitions))
                .contains(new PartitionGap(
                        PartitionGap.Side.BEHIND, List.of(3), Duration.ofMinutes(5 * 60 + 12), 5_000, 4_812));
        assertThat(told(partitions))
                .isEqualTo(
                        "Partition 3 is 5 h 12 min behind the others in event time: 4,812 of its 5,000 records are late under a watermark over all partitions.");
    }

    /** 40 + 30 of 60 + 50 records. */
    @Test
    void namesSeveralThatAreBehind() {
        assertThat(told(Map.of(
                        0, times(60, 40, "02:00", "06:00"),
                        1, times(100, 0, "06:00", "10:00"),
                        2, times(50, 30, "02:00", "06:30"),
                        3, times(100, 0, "06:00", "10:00"))))
                .isEqualTo(
                        "Partitions 0 and 2 are 3 h 30 min behind the others in event time: 70 of their 110 records are late under a watermark over all partitions.");
    }

    @Test
    void namesTheOneThatIsAheadWhereAllOthersAreBehind() {
        assertThat(told(Map.of(
                        0, times(10, 4, "02:00", "06:00"),
                        1, times(10, 0, "06:00", "08:00"),
                        2, times(10, 4, "02:00", "06:00"))))
                .isEqualTo(
                        "Partition 1 is 2 h ahead of the others in event time: 8 of the others' 20 records are late under a watermark over all partitions.");
    }

    @Test
    void namesTheOneThatCaughtUp() {
        assertThat(told(Map.of(0, times(10, 4, "00:00", "06:00"), 1, times(10, 0, "05:30", "06:10"))))
                .isEqualTo(
                        "Partition 0 begins 5 h 30 min before the others in event time: 4 of its 10 records are late under a watermark over all partitions.");
    }

    /** One of ten late records is less than a fifth: the partition had nothing to read in the last hours. */
    @Test
    void saysNothingOfAPartitionThatIsIdle() {
        assertThat(told(Map.of(0, times(10, 1, "00:00", "01:00"), 1, times(10, 0, "00:00", "06:00"))))
                .isEmpty();
    }

    @Test
    void saysNothingOfLessThanAnHour() {
        assertThat(told(Map.of(0, times(10, 9, "00:00", "05:01"), 1, times(10, 0, "00:59", "06:00"))))
                .isEmpty();
    }

    @Test
    void saysNothingOfOnePartition() {
        assertThat(told(Map.of(0, times(10, 9, "00:00", "05:00")))).isEmpty();
        assertThat(told(Map.of())).isEmpty();
    }
}
