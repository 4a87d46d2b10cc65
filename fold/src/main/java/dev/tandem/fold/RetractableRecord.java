package dev.tandem.fold;

import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What the fold keeps of a record whose part it may have to take back, without its bytes.
 *
 * @param rememberedMicros the latest event time among the copies of its key: the key is remembered from there
 */
public record RetractableRecord(
        Coordinates at, long eventMicros, List<Contribution> contributions, long rememberedMicros) {
    public static RetractableRecord of(Prepared record) {
        return new RetractableRecord(
                record.at(),
                record.eventMicros(),
                record.exit().isPresent() ? List.of() : record.contributions(),
                record.eventMicros());
    }

    public void write(BlockWriter out) {
        at.write(out);
        out.writeLong(eventMicros);
        out.writeInt(contributions.size());
        for (var contribution : contributions) {
            out.writeByte(contribution.view());
            out.sizedValues(contribution.key());
            out.sizedValues(contribution.arguments());
        }
        out.writeLong(rememberedMicros);
    }

    public static RetractableRecord read(BlockReader in) {
        var at = Coordinates.read(in);
        long eventMicros = in.readLong();
        var contributions = new ArrayList<Contribution>();
        for (int left = in.readInt(); left > 0; left--) {
            contributions.add(new Contribution(in.readByte(), in.sizedValues(), in.sizedValues()));
        }
        return new RetractableRecord(at, eventMicros, contributions, in.readLong());
    }

    /** The copy that takes this one's place. */
    public RetractableRecord replacedBy(RetractableRecord newer) {
        return new RetractableRecord(
                newer.at, newer.eventMicros, newer.contributions, Math.max(rememberedMicros, newer.rememberedMicros));
    }
}
