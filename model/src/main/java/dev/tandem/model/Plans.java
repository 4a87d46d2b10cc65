package dev.tandem.model;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a pipeline is run and what is asked of it. */
public final class Plans {
    private Plans() {}

    /**
     * How the stream is cut: a micro-batch every {@code trigger}, of at most {@code maxRecords}.
     *
     * @param closedOnly the views whose rows are written when their window has closed, and not before
     * @param retryFor how long a server may be away before the stream gives up; zero: it ends at once
     * @param log the file that gets a line for each micro-batch
     */
    public record Stream(
            Duration trigger, int maxRecords, Set<String> closedOnly, Duration retryFor, Optional<String> log) {
        public Stream {
            closedOnly = Set.copyOf(closedOnly);
        }

        Stream withoutLog() {
            return new Stream(trigger, maxRecords, closedOnly, retryFor, Optional.empty());
        }
    }

    /**
     * When the batch runs by itself.
     *
     * @param log the file that gets a line for each run
     */
    public record Batch(Optional<Schedule> schedule, Optional<String> log) {
        Batch withoutLog() {
            return new Batch(schedule, Optional.empty());
        }
    }

    public sealed interface Schedule {
        /** A Unix cron line (minute hour day month weekday) in a zone. */
        record Cron(String cron, ZoneId zone) implements Schedule {}

        /** Again and again, so long after the last run was due. */
        record Every(Duration interval) implements Schedule {}
    }

    /** How equal the modes must be: the allowed difference for each measure, {@code fallback} for the others. */
    public record Parity(Map<String, Tolerance> measures, Tolerance fallback, String report) {
        public Parity {
            measures = Map.copyOf(measures);
        }

        public Tolerance of(String measure) {
            return measures.getOrDefault(measure, fallback);
        }
    }

    /** An allowed difference between the two modes. */
    public record Tolerance(Kind kind, BigDecimal amount) {
        public static final Tolerance EXACT = new Tolerance(Kind.EXACT, BigDecimal.ZERO);

        public enum Kind {
            EXACT,
            ABSOLUTE,
            RELATIVE,
            PERCENT
        }

        /** Whether {@code stream} may stand for {@code batch}. Relative is to the larger of |batch| and 1. */
        public boolean allows(BigDecimal stream, BigDecimal batch) {
            var difference = stream.subtract(batch).abs();
            var scale = batch.abs().max(BigDecimal.ONE);
            return switch (kind) {
                case EXACT -> difference.signum() == 0;
                case ABSOLUTE -> difference.compareTo(amount) <= 0;
                case RELATIVE -> difference.compareTo(amount.multiply(scale)) <= 0;
                case PERCENT -> difference.compareTo(amount.multiply(scale).movePointLeft(2)) <= 0;
            };
        }
    }

    /**
     * What the owner asks of a pipeline; an absent target is not checked.
     *
     * @param measures the largest weighted mean difference of single measures, in percent
     * @param alert who is told of a comparison
     */
    public record Targets(
            Optional<BigDecimal> parityPercent,
            Map<String, BigDecimal> measures,
            Optional<Duration> latencyP95,
            Optional<BigDecimal> perSecond,
            Optional<Alert> alert) {
        public Targets {
            measures = Map.copyOf(measures);
        }
    }

    /** An address that gets each comparison, or some, as JSON. */
    public record Alert(URI webhook, When when) {
        public enum When {
            /** The modes disagree, or a target is missed. */
            FAILED,
            /** The verdict, or whether a target is missed, is not what it was in the comparison before. */
            CHANGED,
            ALWAYS
        }
    }
}
