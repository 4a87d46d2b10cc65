package dev.tandem.engine.source;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared.Rejection;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;

/**
 * Which records in quarantine are judged again when a landed log is run again. It travels to the tasks. A record must meet every
 * condition; an empty set is none.
 *
 * @param rules that refused them, also where an earlier retry has left them alone
 * @param fromMillis the earliest arrival
 * @param untilMillis an arrival that is too late
 */
public record RetryChoice(
        Set<String> rules, Set<Integer> partitions, Set<Coordinates> places, long fromMillis, long untilMillis)
        implements Serializable {
    public static final RetryChoice ALL = new RetryChoice(Set.of(), Set.of(), Set.of(), Long.MIN_VALUE, Long.MAX_VALUE);

    public RetryChoice {
        rules = Set.copyOf(rules);
        partitions = Set.copyOf(partitions);
        places = Set.copyOf(places);
    }

    /** Whether {@code record} is in quarantine and chosen. */
    public boolean chooses(Landed record) {
        var at = record.at();
        return record.as() == Landed.As.QUARANTINED
                && (rules.isEmpty() || rules.contains(record.rejection().rule()))
                && (partitions.isEmpty() || partitions.contains(at.partition()))
                && (places.isEmpty() || places.contains(at))
                && record.arrivedMillis() >= fromMillis
                && record.arrivedMillis() < untilMillis;
    }

    /** Why {@code record} stays in quarantine, whatever the definition says of it; empty for one that is judged. */
    Optional<Rejection> held(Landed record) {
        return record.as() != Landed.As.QUARANTINED || chooses(record)
                ? Optional.empty()
                : Optional.of(record.rejection().held());
    }
}
