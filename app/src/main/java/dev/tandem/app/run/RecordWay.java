package dev.tandem.app.run;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.StepTrace;
import dev.tandem.engine.landed.LogSearch;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Landed;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.PartLog;
import dev.tandem.fold.recount.PartLog.Piece;
import dev.tandem.fold.recount.PartLog.Share;
import dev.tandem.fold.recount.Recount;
import dev.tandem.model.Instants;
import dev.tandem.model.Mode;
import dev.tandem.model.Window.Span;
import dev.tandem.parity.Numbers;
import dev.tandem.parity.explain.RecordTrace;
import dev.tandem.parity.explain.RecordTrace.BothValues;
import dev.tandem.parity.explain.RecordTrace.Copy;
import dev.tandem.parity.explain.RecordTrace.RowLine;
import dev.tandem.parity.explain.RecordTrace.StepLine;
import dev.tandem.store.StoredRow;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Follows one record: its steps, its copies, its windows, and the rows that it counts in. */
final class RecordWay {
    private final Compiled compiled;
    private final PipelineStore store;
    private final LogSearch log;

    RecordWay(Compiled compiled, PipelineStore store, LogSearch log) {
        this.compiled = compiled;
        this.store = store;
        this.log = log;
    }

    RecordTrace of(Landed landed, EndOffsets last) {
        var record = log.prepared(landed);
        var ledger = store.ledgerReader().watermarks();
        var then = ledger.getOrDefault(landed.microBatch(), Watermarks.NONE);
        var counted = counted(record, last, ledger);
        boolean usable = record.rejection().isEmpty();
        return new RecordTrace(
                compiled.pipeline().name(),
                landed.at(),
                Instant.ofEpochMilli(landed.arrivedMillis()),
                usable ? Optional.of(Instants.ofMicros(record.eventMicros())) : Optional.empty(),
                landed.microBatch(),
                then.late() == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instants.ofMicros(then.late())),
                RecordTrace.line(landed.raw().bytes()),
                inStream(record, landed, counted),
                inBatch(record, counted),
                steps(landed, record),
                counted.copies(),
                rows(record, then, counted));
    }

    /** What a recount makes of the record. */
    private record CountedParts(Map<RowKey, Share> parts, List<Copy> copies) {
        boolean any(Predicate<Share> wanted) {
            return parts.values().stream().anyMatch(wanted);
        }
    }

    /** The records that decide the fate of one: its copies, and in views of sessions all records of its keys. */
    private record Deciding(Coordinates at, Set<Identity> identities, Set<SessionKey> sessions)
            implements Serializable {
        boolean takes(Prepared record) {
            return record.at().equals(at)
                    || record.identity().filter(identities::contains).isPresent()
                    || (!sessions.isEmpty()
                            && record.contributions().stream()
                                    .anyMatch(it -> sessions.contains(new SessionKey(it.view(), it.key()))));
        }
    }

    private record SessionKey(int view, List<@Nullable Object> key) implements Serializable {}

    private CountedParts counted(Prepared record, EndOffsets last, Map<Long, Watermarks> ledger) {
        var sessions = new HashSet<SessionKey>();
        for (var it : record.contributions()) {
            if (compiled.plan().grouped().get(it.view()).window().isSession()) {
                sessions.add(new SessionKey(it.view(), it.key()));
            }
        }
        var parts = new LinkedHashMap<RowKey, Share>();
        var copies = new ArrayList<Copy>();
        PartLog taking = (Piece piece, Share share) -> {
            if (piece.at().equals(record.at())) {
                parts.put(piece.row(), share);
            }
        };
        var recount = Recount.ofBoth(compiled.plan(), ledger).tellingTo(taking);
        var identities = new HashSet<Identity>();
        record.identity().ifPresent(identities::add);
        var deciding = new Deciding(record.at(), identities, sessions);
        log.read(last, packed -> deciding.takes(PackedRecords.read(packed)), (it, microBatch, as) -> {
            if (it.identity().isPresent() && it.identity().equals(record.identity())) {
                copies.add(new Copy(it.at(), microBatch, as.name().toLowerCase(Locale.ROOT)));
            }
            recount.take(it, microBatch, as);
        });
        recount.tellRest(taking);
        return new CountedParts(parts, copies);
    }

    private static String outside(Prepared record) {
        if (record.rejection().isPresent()) {
            var rejection = record.rejection().get();
            return "quarantined by '%s'%s"
                    .formatted(rejection.reason(), rejection.detail().isEmpty() ? "" : ": " + rejection.detail());
        }
        return record.exit()
                .map(exit -> exit.branch().map("led out as '%s'"::formatted).orElse("filtered"))
                .orElse("");
    }

    private static String inStream(Prepared record, Landed landed, CountedParts counted) {
        if (landed.as() == Landed.As.DUPLICATE) {
            return "duplicate" + of(record, counted);
        }
        if (!outside(record).isEmpty()) {
            return outside(record);
        }
        if (record.contributions().isEmpty()) {
            return "accepted, but no view takes it";
        }
        if (counted.any(Share::inStream)) {
            return counted.any(share -> !share.inStream()) ? "counted, but not in every row" : "counted";
        }
        return counted.parts().isEmpty() ? "not counted: another copy of its key is" : "late: every window had closed";
    }

    private static String inBatch(Prepared record, CountedParts counted) {
        if (!outside(record).isEmpty() && counted.copies().size() < 2) {
            return outside(record);
        }
        if (record.contributions().isEmpty()) {
            return outside(record).isEmpty() ? "accepted, but no view takes it" : outside(record);
        }
        return counted.any(Share::inBatch) ? "counted" : "duplicate" + of(record, counted);
    }

    private static String of(Prepared record, CountedParts counted) {
        return counted.copies().stream()
                .map(Copy::at)
                .filter(at -> !at.equals(record.at()))
                .findFirst()
                .map(" of %s"::formatted)
                .orElse("");
    }

    private List<StepLine> steps(Landed landed, Prepared record) {
        var lines = new ArrayList<StepLine>();
        Map<String, @Nullable Object> before = Map.of();
        boolean ended = false;
        for (var after : new StepTrace(compiled).of(landed)) {
            var changed = new LinkedHashMap<String, String>();
            var known = before;
            after.values().forEach((name, value) -> {
                if (!known.containsKey(name) || !Objects.equals(known.get(name), value)) {
                    changed.put(name, value == null ? "null" : Numbers.told(value));
                }
            });
            var outcome = ended
                    ? ""
                    : after.rule()
                            .map("quarantined by '%s'"::formatted)
                            .or(() -> after.branch().map("led out as '%s'"::formatted))
                            .orElse(after.left() ? "filtered" : "");
            ended |= !outcome.isEmpty();
            lines.add(new StepLine(after.step(), changed, outcome));
            before = after.values();
        }
        if (!ended && record.rejection().isPresent()) {
            lines.add(new StepLine("event time", Map.of(), outside(record)));
        }
        return lines;
    }

    private List<RowLine> rows(Prepared record, Watermarks then, CountedParts counted) {
        var lines = new ArrayList<RowLine>();
        var told = new HashSet<RowKey>();
        counted.parts().forEach((row, share) -> {
            told.add(row);
            lines.add(line(record, row, then, Optional.of(share)));
        });
        for (var it : record.contributions()) {
            var window = compiled.plan().grouped().get(it.view()).window();
            if (!window.isSession()) {
                for (var span : window.spansOf(Instants.ofMicros(record.eventMicros()))) {
                    var row = new RowKey(it.view(), span, it.key());
                    if (told.add(row)) {
                        lines.add(line(record, row, then, Optional.empty()));
                    }
                }
            }
        }
        return lines;
    }

    private RowLine line(Prepared record, RowKey row, Watermarks then, Optional<Share> share) {
        var shape = compiled.plan().grouped().get(row.view());
        boolean whole = row.window().equals(Span.ALL);
        var asked = shape.window().isSession()
                ? shape.window()
                        .spansOf(Instants.ofMicros(record.eventMicros()))
                        .get(0)
                : row.window();
        return new RowLine(
                shape.name(),
                whole ? Optional.empty() : Optional.of(row.window().start()),
                whole ? Optional.empty() : Optional.of(row.window().end()),
                key(shape, row.key()),
                share.filter(Share::inStream).isPresent(),
                share.filter(Share::inBatch).isPresent(),
                then.refuses(asked),
                share.flatMap(Share::why).map(why -> why.name().toLowerCase(Locale.ROOT)),
                values(shape, row));
    }

    private static Map<String, String> key(Shape shape, List<@Nullable Object> key) {
        var named = new LinkedHashMap<String, String>();
        for (int index = 0; index < key.size(); index++) {
            named.put(shape.keys().get(index).name(), Numbers.told(key.get(index)));
        }
        return named;
    }

    private Map<String, BothValues> values(Shape shape, RowKey row) {
        var values = new LinkedHashMap<String, BothValues>();
        if (store.stored().stream().anyMatch(it -> it.name().equals(shape.name()))) {
            var asked = new ResultRow.Id(shape.name(), row.window(), row.key());
            var stream = store.row(shape, Mode.STREAM, asked.rowKey());
            var batch = store.row(shape, Mode.BATCH, asked.rowKey());
            for (int index = 0; index < shape.measures().size(); index++) {
                values.put(
                        shape.measures().get(index).name(),
                        new BothValues(told(stream, row, index), told(batch, row, index)));
            }
        }
        return values;
    }

    private static Optional<String> told(Optional<StoredRow> stored, RowKey row, int index) {
        return stored.filter(it -> it.window().equals(row.window())).map(it -> {
            var value = it.measures().get(index);
            return value == null ? "null" : Numbers.told(value);
        });
    }
}
