package dev.tandem.fold;

import dev.tandem.fold.Made.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Messages in the order they arrive, all from a seed: half an hour of them, one in eight sent twice, some left out or broken. No
 * message is later than {@code delay}, except every tenth by up to {@code lateness}.
 */
record Feed(long seed, long delay, long lateness) {
    private static final List<@Nullable String> TAGS = Arrays.asList("java", "spark", "Spark", " spark", "", null);

    private record Arrival(long time, Message message) {}

    List<Message> messages() {
        var random = new SplittableRandom(seed);
        var arrivals = new ArrayList<Arrival>();
        for (int number = 0; number < 90; number++) {
            var message = message(number, random);
            arrivals.add(arrival(message, random));
            if (random.nextInt(8) == 0) {
                arrivals.add(arrival(sentAgain(message, random), random));
            }
        }
        return arrivals.stream()
                .sorted(Comparator.comparingLong(Arrival::time))
                .map(Arrival::message)
                .toList();
    }

    /** The records of {@code plan} in micro-batches of up to 12, each in landed order; one in twelve is empty. */
    List<List<Prepared>> microBatches(FoldPlan plan) {
        var records = records(plan);
        var random = new SplittableRandom(~seed);
        var cut = new ArrayList<List<Prepared>>();
        for (int from = 0; from < records.size(); ) {
            int until = Math.min(records.size(), from + random.nextInt(12));
            cut.add(records.subList(from, until).stream()
                    .sorted(Comparator.comparing(Prepared::at))
                    .toList());
            from = until;
        }
        return cut;
    }

    List<Prepared> records(FoldPlan plan) {
        var messages = messages();
        return IntStream.range(0, messages.size())
                .mapToObj(position -> messages.get(position).at(position, plan))
                .toList();
    }

    private Arrival arrival(Message message, SplittableRandom random) {
        boolean late = lateness > delay && random.nextInt(10) == 0;
        return new Arrival(message.at() + random.nextLong(late ? lateness : delay), message);
    }

    /** Beyond the delay, every second copy has a new time: it can be counted again once its key is forgotten. */
    private Message sentAgain(Message message, SplittableRandom random) {
        return lateness > delay && random.nextBoolean() ? message.later(lateness / 2) : message;
    }

    private static Message message(int number, SplittableRandom random) {
        var tags = IntStream.range(0, random.nextInt(3))
                .mapToObj(it -> TAGS.get(random.nextInt(TAGS.size())))
                .distinct()
                .toList();
        var at = Made.NOON + number * Made.MINUTE / 3 + random.nextLong(Made.MINUTE);
        var message = new Message("id-" + number, at, new ArrayList<>(tags), random.nextInt(5), true, true);
        return switch (random.nextInt(15)) {
            case 0 -> message.leftOut();
            case 1 -> message.broken();
            default -> message;
        };
    }
}
