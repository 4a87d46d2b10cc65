package dev.tandem.fold;

import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.Prepared.Exit;
import dev.tandem.fold.Prepared.Rejection;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prepared records as packed bytes, one after the other. The layout of a record, in this order:
 *
 * <pre>
 * int   bytes that follow
 * int   partition
 * long  position
 * long  arrival, milliseconds since 1970
 * byte  flags: REJECTED, EXIT, AFTER_DEDUP, IDENTITY
 * long  event time, microseconds since 1970; 0 where rejected
 * long, long             identity, with IDENTITY
 * text                   branch of the side output, with EXIT; empty for a filtered record
 * text, text             rule and detail, with REJECTED; then nothing but the raw bytes
 * byte, texts            dimensions without a row for the record: their number, then their names
 * int   number of contributions, and for each of them
 *   byte                   number of the view
 *   int, values            the key, behind its length in bytes
 *   int, values            the arguments of the measures, behind their length in bytes
 * int, values            values of the landing table's key, behind their length in bytes
 * int, values            fields that outputs of records want, behind their length in bytes
 * int, bytes             the record as it arrived, behind its length; none where nothing downstream wants it
 * </pre>
 *
 * Texts and values are those of {@link BlockWriter}.
 */
public final class PackedRecords {
    public static final int REJECTED = 1;
    public static final int EXIT = 2;
    public static final int AFTER_DEDUP = 4;
    public static final int IDENTITY = 8;

    /** Where the flags are: behind the length, the partition, the position and the arrival. */
    private static final int FLAGS = 2 * Integer.BYTES + 2 * Long.BYTES;

    private PackedRecords() {}

    /** Appends {@code record}. */
    public static void write(Prepared record, BlockWriter out) {
        int start = out.reserve(Integer.BYTES);
        out.writeInt(record.at().partition());
        out.writeLong(record.at().position());
        out.writeLong(record.arrivedMillis());
        out.writeByte(flags(record));
        out.writeLong(record.eventMicros());
        record.identity().ifPresent(identity -> {
            out.writeLong(identity.high());
            out.writeLong(identity.low());
        });
        record.exit().ifPresent(exit -> out.writeText(exit.branch().orElse("")));
        if (record.rejection().isPresent()) {
            out.writeText(record.rejection().get().reason());
            out.writeText(record.rejection().get().detail());
        } else {
            writeBody(record, out);
        }
        out.writeBytes(record.raw().bytes());
        out.setInt(start, out.size() - start - Integer.BYTES);
    }

    /** The flags of {@code record}. */
    public static int flags(Prepared record) {
        return (record.rejection().isPresent() ? REJECTED : 0)
                | (record.exit().isPresent() ? EXIT : 0)
                | (record.exit().filter(Exit::afterDedup).isPresent() ? AFTER_DEDUP : 0)
                | (record.identity().isPresent() ? IDENTITY : 0);
    }

    /** The flags of the packed record that begins at {@code start}. */
    public static int flagsOf(byte[] bytes, int start) {
        return bytes[start + FLAGS];
    }

    private static void writeBody(Prepared record, BlockWriter out) {
        out.writeByte(record.unmatched().size());
        record.unmatched().forEach(out::writeText);
        out.writeInt(record.contributions().size());
        for (var contribution : record.contributions()) {
            out.writeByte(contribution.view());
            out.sizedValues(contribution.key());
            out.sizedValues(contribution.arguments());
        }
        out.sizedValues(record.landKey());
        out.sizedValues(record.fields());
    }

    /** Reads the next record whole. */
    public static Prepared read(BlockReader in) {
        return read(in, PackedRecords::contributions);
    }

    /**
     * The dedup key of the next record, if it has one. Afterwards the reader is at an undefined place behind it, within the
     * record.
     */
    public static Optional<Identity> identity(BlockReader in) {
        in.skip(2 * Integer.BYTES + 2 * Long.BYTES);
        int flags = in.readByte();
        in.skip(Long.BYTES);
        return (flags & IDENTITY) == 0 ? Optional.empty() : Optional.of(new Identity(in.readLong(), in.readLong()));
    }

    /** Reads the next record without its contributions, which are most of its values and which outputs do not want. */
    public static Prepared readForOutputs(BlockReader in) {
        return read(in, PackedRecords::skipContributions);
    }

    private static Prepared read(BlockReader in, Function<BlockReader, List<Contribution>> contributionsOf) {
        in.skip(Integer.BYTES);
        var at = new Coordinates(in.readInt(), in.readLong());
        long arrived = in.readLong();
        int flags = in.readByte();
        long event = in.readLong();
        Optional<Identity> identity =
                (flags & IDENTITY) == 0 ? Optional.empty() : Optional.of(new Identity(in.readLong(), in.readLong()));
        Optional<Exit> exit = (flags & EXIT) == 0 ? Optional.empty() : Optional.of(exit(in.readText(), flags));
        Optional<Rejection> rejection =
                (flags & REJECTED) == 0 ? Optional.empty() : Optional.of(new Rejection(in.readText(), in.readText()));
        var body = rejection.isPresent() ? Body.NONE : Body.read(in, contributionsOf);
        return new Prepared(
                at,
                arrived,
                new Prepared.Raw(in.readBytes()),
                rejection,
                exit,
                event,
                identity,
                body.landKey(),
                body.contributions(),
                body.fields(),
                body.unmatched());
    }

    /** What a record has unless it was rejected. */
    private record Body(
            List<String> unmatched,
            List<Contribution> contributions,
            List<@Nullable Object> landKey,
            List<@Nullable Object> fields) {
        static final Body NONE = new Body(List.of(), List.of(), List.of(), List.of());

        static Body read(BlockReader in, Function<BlockReader, List<Contribution>> contributionsOf) {
            return new Body(PackedRecords.unmatched(in), contributionsOf.apply(in), in.sizedValues(), in.sizedValues());
        }
    }

    private static Exit exit(String branch, int flags) {
        return new Exit(branch.isEmpty() ? Optional.empty() : Optional.of(branch), (flags & AFTER_DEDUP) != 0);
    }

    public static List<String> unmatched(BlockReader in) {
        int count = in.readByte();
        if (count == 0) {
            return List.of();
        }
        var names = new ArrayList<String>(count);
        for (int index = 0; index < count; index++) {
            names.add(in.readText());
        }
        return names;
    }

    private static List<Contribution> contributions(BlockReader in) {
        int count = count(in);
        var contributions = new ArrayList<Contribution>(count);
        for (int index = 0; index < count; index++) {
            contributions.add(new Contribution(in.readByte(), values(in), values(in)));
        }
        return contributions;
    }

    private static List<Contribution> skipContributions(BlockReader in) {
        for (int left = count(in); left > 0; left--) {
            in.skip(Byte.BYTES);
            in.skipBytes();
            in.skipBytes();
        }
        return List.of();
    }

    public static int count(BlockReader in) {
        return in.readInt();
    }

    private static List<@Nullable Object> values(BlockReader in) {
        return in.sizedValues();
    }
}
