package dev.tandem.diff.attach;

import dev.tandem.model.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the watermark of a job moves.
 *
 * @param reach over which partitions it is taken
 * @param pace how often it is looked at
 * @param lag how many micro-batches back the watermark was taken that judges a record: Spark judges by the watermark of the micro-batch
 *     before, which knows the records of those before that one; 0 where there are no micro-batches
 */
public record Clock(Reach reach, Pace pace, int lag) {
    private static final List<Duration> TRIGGERS = List.of(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1));

    /** Over which partitions the highest event time is taken. */
    public enum Reach {
        /** The highest of all partitions, as Spark has it. */
        ALL("over all partitions"),
        /** That of the partition that is furthest behind, as Flink has it for a Kafka source. */
        SLOWEST("of the slowest partition"),
        /** Each partition judges its own records. */
        OWN("per partition");

        private final String words;

        Reach(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** How often a watermark moves. */
    public sealed interface Pace {
        /** As it does in an engine that works record by record. */
        record EachRecord() implements Pace {}

        /** Between two files, each of which is a micro-batch. */
        record EachFile() implements Pace {}

        /** Between micro-batches that end at the multiples of a time, by the arrival of the records. */
        record Every(Duration trigger) implements Pace {}

        /** As in "with each record". */
        default String words() {
            if (this instanceof Every every) {
                return "every " + Durations.told(every.trigger());
            }
            return this instanceof EachFile ? "between files" : "with each record";
        }
    }

    /** The clock that every other one is compared with. */
    public static final Clock PLAIN = new Clock(Reach.ALL, new Pace.EachRecord(), 0);

    /** The clocks that are tried for a log, the plainest first. */
    static List<Clock> candidates(LogShape log) {
        var clocks = new ArrayList<Clock>();
        boolean several = log.partitions() > 1;
        for (var reach : Reach.values()) {
            if (several || reach == Reach.ALL) {
                clocks.add(new Clock(reach, new Pace.EachRecord(), 0));
            }
        }
        if (log.arrival() == LogShape.Arrival.ORDERED) {
            return clocks;
        }
        if (log.arrival() == LogShape.Arrival.BY_FILE) {
            clocks.add(new Clock(Reach.ALL, new Pace.EachFile(), 1));
            clocks.add(new Clock(Reach.ALL, new Pace.EachFile(), 2));
            return clocks;
        }
        for (var trigger : TRIGGERS) {
            for (var reach : several ? List.of(Reach.ALL, Reach.SLOWEST) : List.of(Reach.ALL)) {
                clocks.add(new Clock(reach, new Pace.Every(trigger), 1));
                clocks.add(new Clock(reach, new Pace.Every(trigger), 2));
            }
        }
        return clocks;
    }

    /** How far behind the micro-batches are, where that is more than one. */
    public Optional<String> lagWords() {
        return lag < 2 ? Optional.empty() : Optional.of("and one micro-batch later than that");
    }

    /** As in "over all partitions, moving with each record". */
    public String words() {
        return reach.words() + ", moving " + pace.words()
                + lagWords().map(it -> " " + it).orElse("");
    }
}
