package dev.tandem.feed;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which share of the events meets which fault. Each decision is a function of the seed and the event's number, so the truth
 * about a run can be worked out again.
 *
 * <p>An event meets at most one of the faults besides {@code duplicate}; their shares therefore sum to at most 1. Copies are
 * made only of events that a pipeline can read (not malformed, not without id, not future-dated), so that a copy's fate is clear.
 *
 * @param late held back beyond its turn, log-uniform
 * @param duplicate sent again later as an exact copy, log-uniform after the first one
 * @param content shares of the faults that are a wrong value, in the order of {@link Fault}; only some models know them
 * @param outOfOrder a small jitter of the sending time, uniform
 */
public record FaultPlan(
        DelayedShare late,
        DelayedShare duplicate,
        double missingId,
        double malformed,
        DelayedShare outOfOrder,
        double futureDated,
        Map<Fault, Double> content) {

    /** What one event meets: its fault, how long it is held back, and how long after it a copy follows (nanoseconds). */
    record Decision(Fault fault, long delay, OptionalLong copyAfter) {}

    private static final Decision NOTHING = new Decision(Fault.NONE, 0, OptionalLong.empty());

    public FaultPlan {
        checkShare(Fault.MISSING_ID.code(), missingId);
        checkShare(Fault.MALFORMED.code(), malformed);
        checkShare(Fault.FUTURE_DATED.code(), futureDated);
        content = checked(content);
        var sum = content.values().stream().mapToDouble(share -> share).sum()
                + malformed
                + missingId
                + futureDated
                + late.share()
                + outOfOrder.share();
        if (sum > 1) {
            throw new IllegalArgumentException(
                    "Cannot inject faults: the shares sum to %s and an event meets one at most; keep the sum at or below 1"
                            .formatted(sum));
        }
    }

    public static FaultPlan none() {
        return new FaultPlan(DelayedShare.NONE, DelayedShare.NONE, 0, 0, DelayedShare.NONE, 0, Map.of());
    }

    /** What a busy public feed looks like; the shares that a generator uses unless told otherwise. */
    public static FaultPlan usual() {
        return none().withLate(0.02, Duration.ofSeconds(10), Duration.ofMinutes(10))
                .withDuplicate(0.01, Duration.ofSeconds(10), Duration.ofMinutes(5))
                .withMissingId(0.002)
                .withMalformed(0.001)
                .withOutOfOrder(0.05, Duration.ofSeconds(20))
                .withFutureDated(0.0005);
    }

    public FaultPlan withLate(double share, Duration from, Duration to) {
        return new FaultPlan(
                new DelayedShare(share, from, to), duplicate, missingId, malformed, outOfOrder, futureDated, content);
    }

    public FaultPlan withDuplicate(double share, Duration from, Duration to) {
        return new FaultPlan(
                late, new DelayedShare(share, from, to), missingId, malformed, outOfOrder, futureDated, content);
    }

    public FaultPlan withMissingId(double share) {
        return new FaultPlan(late, duplicate, share, malformed, outOfOrder, futureDated, content);
    }

    public FaultPlan withMalformed(double share) {
        return new FaultPlan(late, duplicate, missingId, share, outOfOrder, futureDated, content);
    }

    public FaultPlan withOutOfOrder(double share, Duration upTo) {
        var jitter = new DelayedShare(share, Duration.ZERO, upTo);
        return new FaultPlan(late, duplicate, missingId, malformed, jitter, futureDated, content);
    }

    public FaultPlan withFutureDated(double share) {
        return new FaultPlan(late, duplicate, missingId, malformed, outOfOrder, share, content);
    }

    /** A share of one of the faults in content, such as {@link Fault#NEGATIVE_PRICE}. */
    public FaultPlan withContent(Fault fault, double share) {
        var more = new EnumMap<Fault, Double>(Fault.class);
        more.putAll(content);
        more.put(fault, share);
        return new FaultPlan(late, duplicate, missingId, malformed, outOfOrder, futureDated, more);
    }

    /** Any fault by its kind, as a definition names it; the delay counts for late, duplicate and out of order alone. */
    public FaultPlan with(Fault fault, DelayedShare some) {
        return switch (fault) {
            case NONE -> this;
            case LATE -> withLate(some.share(), some.from(), some.to());
            case DUPLICATE -> withDuplicate(some.share(), some.from(), some.to());
            case OUT_OF_ORDER -> withOutOfOrder(some.share(), some.to());
            case MISSING_ID -> withMissingId(some.share());
            case MALFORMED -> withMalformed(some.share());
            case FUTURE_DATED -> withFutureDated(some.share());
            case NEGATIVE_QUANTITY, NEGATIVE_PRICE, UNKNOWN_TYPE, MISSING_VALUE -> withContent(fault, some.share());
        };
    }

    Decision decide(long seed, long event) {
        var random = Chance.FAULTS.of(seed, event);
        var fault = faultAt(random.nextDouble());
        var copied = random.nextDouble() < duplicate.share();
        if (fault == Fault.NONE && !copied) {
            return NOTHING;
        }
        var delay = delayOf(fault, random.nextDouble());
        var copy = copied && readable(fault)
                ? OptionalLong.of(duplicate.logUniform(random.nextDouble()))
                : OptionalLong.empty();
        return new Decision(fault, delay, copy);
    }

    private Fault faultAt(double chance) {
        var left = chance - malformed;
        if (left < 0) {
            return Fault.MALFORMED;
        }
        if ((left -= missingId) < 0) {
            return Fault.MISSING_ID;
        }
        if ((left -= futureDated) < 0) {
            return Fault.FUTURE_DATED;
        }
        if ((left -= late.share()) < 0) {
            return Fault.LATE;
        }
        if ((left -= outOfOrder.share()) < 0) {
            return Fault.OUT_OF_ORDER;
        }
        for (var wrong : content.entrySet()) {
            if ((left -= wrong.getValue()) < 0) {
                return wrong.getKey();
            }
        }
        return Fault.NONE;
    }

    private long delayOf(Fault fault, double chance) {
        if (fault == Fault.LATE) {
            return late.logUniform(chance);
        }
        return fault == Fault.OUT_OF_ORDER ? outOfOrder.uniform(chance) : 0;
    }

    private static boolean readable(Fault fault) {
        return fault == Fault.NONE || fault == Fault.LATE || fault == Fault.OUT_OF_ORDER;
    }

    private static Map<Fault, Double> checked(Map<Fault, Double> content) {
        var shares = new EnumMap<Fault, Double>(Fault.class);
        content.forEach((fault, share) -> {
            if (!fault.inContent()) {
                throw new IllegalArgumentException(
                        "Cannot inject %s as a wrong value: every event can meet it; give it by its own name"
                                .formatted(fault.code()));
            }
            checkShare(fault.code(), share);
            shares.put(fault, share);
        });
        return Collections.unmodifiableMap(shares);
    }

    static void checkShare(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "Cannot inject %s: share %s is not between 0 and 1; give a share such as 0.02"
                            .formatted(what, share));
        }
    }
}
