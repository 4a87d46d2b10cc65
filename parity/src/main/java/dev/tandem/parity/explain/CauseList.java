package dev.tandem.parity.explain;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.PartLog.Counted;
import dev.tandem.fold.recount.PartLog.Piece;
import dev.tandem.fold.recount.PartLog.Share;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.fold.recount.RowShares;
import dev.tandem.model.Instants;
import dev.tandem.parity.Cause;
import dev.tandem.parity.Numbers;
import dev.tandem.parity.explain.Explanation.CauseRecords;
import dev.tandem.parity.explain.Explanation.RecordLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The records behind each cause of one row. */
final class CauseList {
    private final RowEvidence evidence;

    CauseList(RowEvidence evidence) {
        this.evidence = evidence;
    }

    /** Where the records of some shares stand that are kept to be shown. */
    static List<Coordinates> shown(RowShares shares, RowKey row, Predicate<Share> wanted) {
        return shares.of(row).stream()
                .filter(wanted)
                .flatMap(share -> shares.pieces(row, share).first().stream())
                .map(Piece::at)
                .toList();
    }

    List<CauseRecords> causes() {
        var causes = new ArrayList<CauseRecords>();
        add(Cause.AHEAD, evidence.now().shares(), Share::inStream, causes);
        for (var why : Deviation.values()) {
            add(
                    Stages.causeOf(why),
                    evidence.cut().shares(),
                    share -> share.why().filter(why::equals).isPresent(),
                    causes);
        }
        return causes;
    }

    private void add(Cause cause, RowShares shares, Predicate<Share> wanted, List<CauseRecords> into) {
        var lines = new ArrayList<RecordLine>();
        long count = 0;
        for (var share : shares.of(evidence.row())) {
            if (wanted.test(share)) {
                var pieces = shares.pieces(evidence.row(), share);
                count += pieces.count();
                pieces.first().forEach(piece -> lines.add(line(piece, share, cause)));
            }
        }
        if (count > 0) {
            lines.sort((left, right) -> left.at().compareTo(right.at()));
            into.add(new CauseRecords(cause.code(), cause.meaning(), cause.hint(), count, lines));
        }
    }

    private RecordLine line(Piece piece, Share share, Cause cause) {
        var landed =
                Optional.ofNullable(evidence.circumstances().records().landed().get(piece.at()));
        long microBatch = landed.map(Landed::microBatch).orElse(0L);
        var then = evidence.circumstances().ledger().getOrDefault(microBatch, Watermarks.NONE);
        var fate = new Fate(piece, share, microBatch, then);
        return new RecordLine(
                piece.at(),
                Instants.ofMicros(piece.eventMicros()),
                landed.map(it -> Instant.ofEpochMilli(it.arrivedMillis())),
                microBatch,
                instant(then.late()),
                inStream(cause, fate),
                inBatch(cause, fate),
                arguments(piece),
                landed.map(it -> OneLine.of(it.raw().bytes())).orElse(""));
    }

    /** A record's part and what decided over it. */
    private record Fate(Piece piece, Share share, long microBatch, Watermarks then) {
        boolean byStream() {
            return share.counted() == Counted.BY_STREAM;
        }
    }

    private String inStream(Cause cause, Fate fate) {
        return switch (cause) {
            case LATE, LATE_PARTIAL ->
                "late: micro-batch %d refused it, its watermark %s is not before the window's end %s"
                        .formatted(
                                fate.microBatch(),
                                instant(fate.then().late())
                                        .map(Instant::toString)
                                        .orElse("none"),
                                refusedEnd(fate.piece()));
            case DUP_HORIZON ->
                "counted again in micro-batch %d: it had forgotten the key".formatted(fate.microBatch());
            case DUP_CHOICE ->
                fate.byStream()
                        ? "counted in micro-batch %d".formatted(fate.microBatch())
                        : "not counted: it counts another copy of the key";
            case SESSION_BRIDGE ->
                fate.byStream()
                        ? "counted in micro-batch %d".formatted(fate.microBatch())
                        : "counted in another session";
            default -> "counted in micro-batch %d".formatted(fate.microBatch());
        };
    }

    /** The end of the window that was asked: for a session, of the one that the record would be alone. */
    private Instant refusedEnd(Piece piece) {
        var event = Instants.ofMicros(piece.eventMicros());
        return evidence.shape()
                .window()
                .asSession()
                .map(it -> event.plus(it.gap()))
                .orElse(piece.row().window().end());
    }

    private String inBatch(Cause cause, Fate fate) {
        var other = Optional.ofNullable(evidence.circumstances()
                .records()
                .counterparts()
                .get(fate.piece().at()));
        return switch (cause) {
            case DUP_HORIZON, DUP_CHOICE ->
                fate.byStream() ? "duplicate" + other.map(" of %s"::formatted).orElse("") : "counted";
            case SESSION_BRIDGE -> fate.byStream() ? "counted in another session" : "counted";
            case AHEAD ->
                "not read: it ends at micro-batch %d"
                        .formatted(evidence.circumstances().batch().microBatch());
            default -> "counted";
        };
    }

    private Map<String, String> arguments(Piece piece) {
        var named = new LinkedHashMap<String, String>();
        for (int index = 0; index < piece.arguments().size(); index++) {
            named.put(
                    evidence.shape().measures().get(index).name(),
                    Numbers.told(piece.arguments().get(index)));
        }
        return named;
    }

    private static Optional<Instant> instant(long micros) {
        return micros == Long.MIN_VALUE || micros == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Instants.ofMicros(micros));
    }
}
