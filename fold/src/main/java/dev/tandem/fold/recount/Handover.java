package dev.tandem.fold.recount;

/** Where a recount hands over what belongs to a row, so that its memory does not grow with the number of rows. One thread. */
public final class Handover {
    /** So many contributions to rows are held at most. */
    static final long MUCH = 200_000;

    private final CountedRows.Parted rows;
    private final Marks marks;
    private final long close;

    /**
     * For one recount.
     *
     * @param rows takes what was counted for each row; {@link RecountedPart} reads it
     * @param marks takes records that are to be counted once, wherever they are found; {@link MarkedRecords} reads them
     * @param close the watermark at which it is asked how many records wait
     */
    public Handover(PartWriter rows, PartWriter marks, long close) {
        this.rows = new CountedRows.Parted(new RowParts(rows.parts()), rows);
        this.marks = new Marks(marks);
        this.close = close;
    }

    /** Sends off what its writers still hold. */
    public void flush() {
        rows.writer().flush();
        marks.flush();
    }

    CountedRows.Parted rows() {
        return rows;
    }

    Marks marks() {
        return marks;
    }

    long close() {
        return close;
    }
}
