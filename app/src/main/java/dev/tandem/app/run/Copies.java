package dev.tandem.app.run;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.model.Dedup;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Of each record whose key came more than once: which copy the batch counts. */
final class Copies {
    private final Dedup.Keep keep;
    private final Map<Identity, Coordinates> counted = new HashMap<>();
    private final Map<Coordinates, Coordinates> replaced = new HashMap<>();

    Copies(Dedup.Keep keep) {
        this.keep = keep;
    }

    /** Takes the next record in landed order. */
    void take(Prepared record) {
        if (record.identity().isEmpty()) {
            return;
        }
        var identity = record.identity().get();
        var before = counted.get(identity);
        if (before == null) {
            counted.put(identity, record.at());
        } else if (keep == Dedup.Keep.FIRST) {
            replaced.put(record.at(), before);
        } else {
            replaced.put(before, record.at());
            counted.put(identity, record.at());
        }
    }

    /** The copy that the batch counts in the place of the record at {@code at}. */
    Optional<Coordinates> instead(Coordinates at) {
        var other = replaced.get(at);
        for (var next = other; next != null; next = replaced.get(next)) {
            other = next;
        }
        return Optional.ofNullable(other);
    }
}
