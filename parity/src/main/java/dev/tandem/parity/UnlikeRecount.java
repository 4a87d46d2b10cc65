package dev.tandem.parity;

/** Which mode's row is not what the recount gives; the recount uses the definition as it is now. */
record UnlikeRecount(boolean stream, boolean batch) {
    boolean any() {
        return stream || batch;
    }

    /** A row that another definition wrote says nothing about who else writes to its table. */
    Cause cause(Evidence evidence) {
        var facts = evidence.facts();
        var now = evidence.pipeline().hash();
        boolean streamExplained = !stream || !facts.stream().definition().equals(now);
        boolean batchExplained = !batch || !facts.batch().definition().equals(now);
        if (streamExplained && batchExplained) {
            return Cause.DEFINITION;
        }
        return facts.sameDimensions() ? Cause.SINK : Cause.DIMENSION;
    }
}
