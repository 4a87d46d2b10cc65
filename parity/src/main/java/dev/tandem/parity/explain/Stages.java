package dev.tandem.parity.explain;

import dev.tandem.fold.recount.PartLog.Counted;
import dev.tandem.fold.recount.PartLog.Share;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.fold.recount.RowShares;
import dev.tandem.parity.Cause;
import dev.tandem.parity.StoredNumbers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The row at each point between what the stream stored and what the batch stored. Each stage is the one before with one cause taken
 * away, so that the differences of neighbours add up to the whole, whatever is measured.
 */
final class Stages {
    /** The row after {@code cause} was taken away; with no cause, nothing may have changed. */
    record Stage(Optional<Cause> cause, Optional<List<@Nullable Object>> row, long records) {}

    private final RowEvidence evidence;
    private final StoredNumbers numbers;
    private final List<Stage> stages = new ArrayList<>();

    private Stages(RowEvidence evidence) {
        this.evidence = evidence;
        this.numbers = StoredNumbers.of(evidence.pipeline(), evidence.shape().name());
    }

    /** What the stream stored, or what it must have counted if the view has no table. */
    static Optional<List<@Nullable Object>> begin(RowEvidence evidence) {
        var stages = new Stages(evidence);
        return stages.row(evidence.stored().stream(), evidence.now().written());
    }

    static List<Stage> of(RowEvidence evidence) {
        var stages = new Stages(evidence);
        stages.add();
        return stages.stages;
    }

    private Optional<List<@Nullable Object>> row(RowEvidence.Cell stored, Optional<List<@Nullable Object>> counted) {
        if (stored instanceof RowEvidence.Cell.Values values) {
            return Optional.of(values.measures());
        }
        return stored instanceof RowEvidence.Cell.NoRow ? Optional.empty() : held(counted);
    }

    private void add() {
        var now = evidence.now();
        var cut = evidence.cut();
        var circumstances = evidence.circumstances();
        stage(unlike(circumstances.stream().definition()), held(now.written()), 0);
        var streamed = made(now.shares(), Set.of());
        boolean waits = now.written().isEmpty() && streamed.isPresent() && !circumstances.closed() && isWaitedFor();
        stages.add(new Stage(waits ? Optional.of(Cause.OPEN) : Optional.empty(), streamed, 0));
        stage(Cause.AHEAD, made(cut.shares(), Set.of()), ahead());
        var done = EnumSet.noneOf(Deviation.class);
        for (var why : Deviation.values()) {
            done.add(why);
            stage(causeOf(why), made(cut.shares(), done), records(why));
        }
        stages.add(new Stage(Optional.empty(), held(cut.batch()), 0));
        stage(unlike(circumstances.batch().definition()), row(evidence.stored().batch(), cut.batch()), 0);
    }

    private void stage(Cause cause, Optional<List<@Nullable Object>> row, long records) {
        stages.add(new Stage(Optional.of(cause), row, records));
    }

    /** Whether the stream writes rows of the view when their window has closed, and not before. */
    private boolean isWaitedFor() {
        return evidence.pipeline().stream()
                .closedOnly()
                .contains(evidence.shape().name());
    }

    private long ahead() {
        return evidence.now().shares().of(evidence.row()).stream()
                .filter(Share::inStream)
                .mapToLong(share ->
                        evidence.now().shares().pieces(evidence.row(), share).count())
                .sum();
    }

    private long records(Deviation why) {
        return evidence.cut().shares().of(evidence.row()).stream()
                .filter(share -> share.why().filter(why::equals).isPresent())
                .mapToLong(share ->
                        evidence.cut().shares().pieces(evidence.row(), share).count())
                .sum();
    }

    /** The stream's row with the records of {@code causes} counted as the batch counts them. */
    private Optional<List<@Nullable Object>> made(RowShares shares, Set<Deviation> causes) {
        var made = shares.made(
                evidence.row(),
                share -> share.counted() == Counted.BY_BOTH
                        || (share.why().filter(causes::contains).isPresent() ? share.inBatch() : share.inStream()));
        return held(made.map(RowShares.RowValues::values));
    }

    private Optional<List<@Nullable Object>> held(Optional<List<@Nullable Object>> counted) {
        return counted.map(numbers::of);
    }

    /** Why a stored row is not what the recount says. */
    private Cause unlike(String definition) {
        if (!definition.equals(evidence.pipeline().hash())) {
            return Cause.DEFINITION;
        }
        return evidence.circumstances().sameDimensions() ? Cause.SINK : Cause.DIMENSION;
    }

    static Cause causeOf(Deviation why) {
        return switch (why) {
            case LATE -> Cause.LATE;
            case LATE_PARTIAL -> Cause.LATE_PARTIAL;
            case DUP_HORIZON -> Cause.DUP_HORIZON;
            case DUP_CHOICE -> Cause.DUP_CHOICE;
            case SESSION_BRIDGE -> Cause.SESSION_BRIDGE;
        };
    }
}
