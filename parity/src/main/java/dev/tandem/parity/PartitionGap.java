package dev.tandem.parity;

import dev.tandem.fold.recount.EventTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Partitions that lie hours of event time apart. The watermark follows the partition that is furthest ahead, so the records of those
 * behind it are late however punctual each partition is by itself: a cause that no setting of the delay cures and that counts of late
 * records do not show.
 *
 * @param side which partitions are named
 * @param partitions their numbers
 * @param apart the event time between those behind and those ahead
 * @param records of the partitions behind
 * @param late how many of them were late
 */
public record PartitionGap(Side side, List<Integer> partitions, Duration apart, long records, long late) {
    /** Partitions that are less apart are told as the late records that they are. */
    private static final Duration LEAST = Duration.ofHours(1);

    /** Below this share, what is late is not late because of the partition. */
    private static final double MUCH = 0.2;

    private static final int NAMED = 5;

    /** Which partitions are named: the fewer. */
    public enum Side {
        /** They end earlier than the others. */
        BEHIND,
        /** They end later. */
        AHEAD,
        /** They end together, but begin earlier. */
        BEGINS_BEFORE,
        /** They end together, but begin later. */
        BEGINS_AFTER
    }

    public PartitionGap {
        partitions = List.copyOf(partitions);
    }

    /** Empty where partitions are less than an hour apart, or where those behind have few late records. */
    public static Optional<PartitionGap> of(SortedMap<Integer, EventTimes> partitions) {
        return between(partitions, EventTimes::last, Side.BEHIND, Side.AHEAD)
                .or(() -> between(partitions, EventTimes::first, Side.BEGINS_BEFORE, Side.BEGINS_AFTER));
    }

    /** Splits the partitions at the widest gap of {@code time}. */
    private static Optional<PartitionGap> between(
            SortedMap<Integer, EventTimes> partitions, Function<EventTimes, Instant> time, Side behind, Side ahead) {
        var sorted = new ArrayList<>(partitions.entrySet());
        sorted.sort(Comparator.comparing(it -> time.apply(it.getValue())));
        int split = 0;
        var widest = Duration.ZERO;
        for (int at = 1; at < sorted.size(); at++) {
            var gap = Duration.between(
                    time.apply(sorted.get(at - 1).getValue()),
                    time.apply(sorted.get(at).getValue()));
            if (gap.compareTo(widest) > 0) {
                widest = gap;
                split = at;
            }
        }
        var slow = sorted.subList(0, split);
        long records = slow.stream().mapToLong(it -> it.getValue().records()).sum();
        long late = slow.stream().mapToLong(it -> it.getValue().late()).sum();
        if (widest.compareTo(LEAST) < 0 || late < MUCH * records) {
            return Optional.empty();
        }
        var fast = sorted.subList(split, sorted.size());
        boolean fewerBehind = slow.size() <= fast.size();
        var named = (fewerBehind ? slow : fast)
                .stream().map(Map.Entry::getKey).sorted().toList();
        return Optional.of(new PartitionGap(fewerBehind ? behind : ahead, named, widest, records, late));
    }

    /** As in {@code Partition 3 is 5 h 12 min behind the others in event time: 40 of its 50 records are late …}. */
    public String told() {
        boolean one = partitions.size() == 1;
        var of = side == Side.BEHIND || side == Side.BEGINS_BEFORE ? (one ? "its" : "their") : "the others'";
        return String.format(
                Locale.ROOT,
                "%s %s in event time: %,d of %s %,d records are late under a watermark over all partitions.",
                names(),
                where(one),
                late,
                of,
                records);
    }

    private String where(boolean one) {
        return switch (side) {
            case BEHIND -> "%s %s behind the others".formatted(one ? "is" : "are", length());
            case AHEAD -> "%s %s ahead of the others".formatted(one ? "is" : "are", length());
            case BEGINS_BEFORE -> "%s %s before the others".formatted(one ? "begins" : "begin", length());
            case BEGINS_AFTER -> "%s %s after the others".formatted(one ? "begins" : "begin", length());
        };
    }

    private String names() {
        int left = partitions.size() - NAMED;
        var numbers = partitions.stream().limit(NAMED).map(String::valueOf).collect(Collectors.toList());
        if (left > 0) {
            return "Partitions %s and %d more".formatted(String.join(", ", numbers), left);
        }
        if (numbers.size() == 1) {
            return "Partition " + numbers.get(0);
        }
        var last = numbers.remove(numbers.size() - 1);
        return "Partitions %s and %s".formatted(String.join(", ", numbers), last);
    }

    /** In the two largest units, as in {@code 5 h 12 min}. */
    private String length() {
        long days = apart.toDays();
        return days > 0
                ? two(days, "d", apart.toHoursPart(), "h")
                : two(apart.toHours(), "h", apart.toMinutesPart(), "min");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
