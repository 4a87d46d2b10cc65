package dev.tandem.fold.stream;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.RetractableRecord;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.Comparator;
import java.util.List;

/**
 * A contribution of one record that is added to a view or taken back from it, where groups cannot be merged before they are sent: in
 * sessions, and where the last copy of a record counts.
 *
 * @param number the micro-batch that does it
 * @param by the record that causes it
 * @param of the record whose contribution it is
 * @param waits whether the record is counted as waiting until its sessions and {@code fixedEnd} have passed
 * @param fixedEnd the end of the record's last window that does not move, {@link Long#MIN_VALUE} if there is none
 */
public record GroupMove(
        Kind kind,
        long number,
        Coordinates by,
        Coordinates of,
        long eventMicros,
        Contribution contribution,
        boolean waits,
        long fixedEnd) {
    enum Kind {
        ADD,
        TAKE_BACK
    }

    static final Comparator<GroupMove> AS_LANDED =
            Comparator.comparingLong(GroupMove::number).thenComparing(GroupMove::by);

    void write(BlockWriter out) {
        out.writeByte(kind == Kind.ADD ? 1 : 0);
        out.writeLong(number);
        out.writeInt(by.partition());
        out.writeLong(by.position());
        out.writeInt(of.partition());
        out.writeLong(of.position());
        out.writeLong(eventMicros);
        out.writeByte(contribution.view());
        out.sizedValues(contribution.key());
        out.sizedValues(contribution.arguments());
        out.writeBoolean(waits);
        out.writeLong(fixedEnd);
    }

    public static GroupMove read(BlockReader in) {
        return new GroupMove(
                in.readByte() == 1 ? Kind.ADD : Kind.TAKE_BACK,
                in.readLong(),
                new Coordinates(in.readInt(), in.readLong()),
                new Coordinates(in.readInt(), in.readLong()),
                in.readLong(),
                new Contribution(in.readByte(), in.sizedValues(), in.sizedValues()),
                in.readBoolean(),
                in.readLong());
    }

    /** The record as far as the views are concerned. */
    public RetractableRecord part() {
        return new RetractableRecord(of, eventMicros, List.of(contribution), eventMicros);
    }
}
