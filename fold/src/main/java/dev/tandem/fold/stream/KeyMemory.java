package dev.tandem.fold.stream;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Identity;
import dev.tandem.fold.RetractableRecord;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stream remembers of earlier records by their dedup key: the coordinates of the first copy where that counts, or what the
 * last copy contributed where the last one counts. One thread.
 */
final class KeyMemory {
    private final RememberedKeys first;
    private final SeenKeys<RetractableRecord> last;

    KeyMemory(FoldPlan plan) {
        first = new RememberedKeys(plan.horizonMicros());
        last = new SeenKeys<>(plan.horizonMicros());
    }

    /** Where the first copy counts: its coordinates, if it is remembered; if not, the record at {@code at} is from now on. */
    @Nullable
    Coordinates firstOf(Identity identity, long eventMicros, Coordinates at) {
        return first.seen(identity.high(), identity.low(), eventMicros, at) ? first.foundAt() : null;
    }

    /** Where the last copy counts: the part of the one before, if it is remembered; in any case the record's is from now on. */
    Optional<RetractableRecord> replaced(Identity identity, RetractableRecord part) {
        var before = last.firstOf(identity, part.eventMicros(), part);
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

    long size() {
        return first.size() + last.size();
    }

    void write(StateSink sink) {
        first.write(sink);
        sink.items(last.remembered().entrySet().iterator(), (out, entry) -> {
            out.writeLong(entry.getKey().high());
            out.writeLong(entry.getKey().low());
            entry.getValue().write(out);
        });
    }

    /** Takes in what {@link #write} wrote; this must be new. */
    void read(StateSource source) {
        first.read(source);
        source.items(in -> {
            var identity = new Identity(in.readLong(), in.readLong());
            var part = RetractableRecord.read(in);
            last.restore(identity, part.rememberedMicros(), part);
        });
    }

    /** Bytes on the heap, estimated where objects are kept. */
    long bytes() {
        return first.bytes() + 400L * last.size();
    }
}
