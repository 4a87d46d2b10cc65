package dev.tandem.fold;

import dev.tandem.fold.LandedLog.Slice;
import java.util.ArrayList;
import java.util.List;

/** Cuts a log into slices of about as many records each: runs of micro-batches, and parts of a micro-batch that is too large. */
public final class Slicing {
    /** A part has at least as many records; smaller ones cost more to begin than to read. */
    private static final long LEAST_IN_A_PART = 10_000;

    /**
     * One micro-batch of the log.
     *
     * @param mostParts the largest number of parts into which the log can split it
     */
    public record Piece(long number, long records, long mostParts) {}

    private final long total;
    private final int parts;
    private final List<Slice> slices = new ArrayList<>();
    private long first;
    private long sliced;
    private long taken;

    private Slicing(long total, int parts) {
        this.total = total;
        this.parts = parts;
    }

    /**
     * About {@code parts} slices, which together hold every record once; none for a log without records.
     *
     * @param pieces in the order of their numbers
     */
    public static List<Slice> of(List<Piece> pieces, int parts) {
        var slicing = new Slicing(pieces.stream().mapToLong(Piece::records).sum(), parts);
        pieces.forEach(slicing::add);
        return List.copyOf(slicing.slices);
    }

    private void add(Piece piece) {
        long cuts = parts(piece);
        if (cuts > 1) {
            if (taken > sliced) {
                end(piece.number() - 1);
            }
            for (int part = 0; part < cuts; part++) {
                slices.add(new Slice(piece.number(), piece.number(), part, (int) cuts));
            }
            taken += piece.records();
            sliced = taken;
            first = piece.number() + 1;
            return;
        }
        taken += piece.records();
        if (taken > sliced && share(taken) > share(sliced)) {
            end(piece.number());
        }
    }

    private long parts(Piece piece) {
        long fair = total == 0 ? 0 : Math.multiplyExact(piece.records(), (long) parts) / total;
        return Math.min(Math.min(fair, piece.mostParts()), piece.records() / LEAST_IN_A_PART);
    }

    /** How many of the parts are full after {@code records}. */
    private long share(long records) {
        return Math.multiplyExact(records, (long) parts) / total;
    }

    private void end(long last) {
        slices.add(new Slice(first, last));
        first = last + 1;
        sliced = taken;
    }
}
