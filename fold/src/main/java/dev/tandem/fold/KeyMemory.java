package dev.tandem.fold;

import dev.tandem.model.Dedup;
import java.util.Optional;

/** What a stream remembers of earlier records by their dedup key: where the first copy stands, or all of the last one's part. */
final class KeyMemory {
    private final boolean keepsLast;
    private final SeenKeys<Coordinates> first;
    private final SeenKeys<Part> last;

    KeyMemory(FoldPlan plan) {
        keepsLast = plan.keep() == Dedup.Keep.LAST;
        first = new SeenKeys<>(plan.horizonMicros());
        last = new SeenKeys<>(plan.horizonMicros());
    }

    /** Where the first copy counts: where that stands, if it is remembered; if not, the record is from now on. */
    Optional<Coordinates> firstOf(Prepared record) {
        return keepsLast
                ? Optional.empty()
                : record.identity()
                        .flatMap(it -> Optional.ofNullable(first.firstOf(it, record.eventMicros(), record.at())));
    }

    /** Where the last copy counts: the part of the one before, if it is remembered; in any case the record's is from now on. */
    Optional<Part> replaced(Prepared record, Part part) {
        if (!keepsLast || record.identity().isEmpty()) {
            return Optional.empty();
        }
        var identity = record.identity().get();
        var before = last.firstOf(identity, record.eventMicros(), part);
        if (before != null) {
            var newer = before.replacedBy(part);
            last.replace(identity, before.rememberedMicros(), newer.rememberedMicros(), newer);
        }
        return Optional.ofNullable(before);
    }

    void forgetBefore(long watermark) {
        first.forgetBefore(watermark);
        last.forgetBefore(watermark);
    }

    int size() {
        return first.size() + last.size();
    }
}
