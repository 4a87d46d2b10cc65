package dev.tandem.fold.stream;

import dev.tandem.fold.Changes;
import dev.tandem.fold.Changes.Duplicate;
import dev.tandem.fold.Changes.Late;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Fates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.StreamLedger;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.WindowBounds;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.group.TopRanks;
import dev.tandem.fold.group.Waiting;
import dev.tandem.model.Window.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The driver's side of a stream: numbers the micro-batches, moves the watermarks, and puts together what the partitions report. What
 * it holds grows with open windows and top rows, not with records or keys.
 *
 * <p>A stream is a function of its records and of where micro-batches end: {@link KeyPart} and {@link GroupPart} hold the rest of its
 * state. One thread. After a failed commit the state is ahead of the database: throw it away and rebuild.
 */
public final class StreamProgress {
    private final FoldPlan plan;
    private final TopRanks tops;
    private final Waiting waiting = new Waiting();
    private Watermarks watermarks = Watermarks.NONE;
    private long highestEvent = Long.MIN_VALUE;
    private long number;
    private long[] lastEnds = {};
    private long[] groups = {};
    private long waitingInSessions;

    public StreamProgress(FoldPlan plan) {
        this.plan = plan;
        this.tops = new TopRanks(plan);
    }

    /** Begins the next micro-batch: gives the watermarks that it uses, which are at least {@code atLeast}. */
    public Watermarks begin(long atLeast) {
        number++;
        var reached = highestEvent == Long.MIN_VALUE ? Long.MIN_VALUE : highestEvent - plan.delayMicros();
        watermarks = watermarks.next(Math.max(reached, atLeast));
        return watermarks;
    }

    /** Goes on after a micro-batch that had {@code itsWatermarks}; it and those before it that are left out change nothing that is asked for. */
    public void goOnAfter(long itsNumber, Watermarks itsWatermarks) {
        number = itsNumber;
        watermarks = itsWatermarks;
    }

    /** Ends the micro-batch with what each partition reports; {@code ofGroups} has one report for each, in their order. */
    public Changes end(List<byte[]> ofKeys, List<byte[]> ofGroups) {
        var parts = new Parts();
        ofKeys.forEach(it -> parts.add(new BlockReader(it)));
        var rows = new ArrayList<ResultRow>();
        var gone = new ArrayList<ResultRow.Id>();
        var closed = new HashSet<Span>();
        var reports = reports(ofGroups);
        for (int part = 0; part < reports.size(); part++) {
            var report = reports.get(part);
            rows.addAll(report.rows());
            gone.addAll(report.gone());
            closed.addAll(report.closed());
            int number = part;
            report.tops().forEach(it -> tops.offer(number, it));
        }
        tops.settle(watermarks, rows, gone);
        waiting.closedBy(watermarks.close());
        highestEvent = Math.max(highestEvent, parts.highestEvent);
        return parts.changes(rows, gone, closed);
    }

    private List<GroupReport> reports(List<byte[]> ofGroups) {
        var reports = ofGroups.stream().map(it -> GroupReport.of(it, plan)).toList();
        lastEnds = reports.stream().mapToLong(GroupReport::lastEnd).toArray();
        groups = reports.stream().mapToLong(GroupReport::groups).toArray();
        waitingInSessions = reports.stream().mapToLong(GroupReport::waiting).sum();
        return reports;
    }

    /** Continues after the last committed micro-batch with the reports of rebuilt partitions. */
    public void rebuilt(StreamLedger.Resumption from, List<byte[]> ofKeys, List<byte[]> ofGroups) {
        number = from.lastNumber();
        watermarks = from.last();
        highestEvent = from.highestEvent();
        var parts = new Parts();
        ofKeys.forEach(it -> parts.add(new BlockReader(it)));
        waiting.closedBy(watermarks.close());
        var reports = reports(ofGroups);
        for (int part = 0; part < reports.size(); part++) {
            int number = part;
            reports.get(part).tops().forEach(it -> tops.offer(number, it));
        }
        tops.settleRebuilt();
    }

    /** Continues the revision of a row that was written before the restart; those of grouped views are the partitions' own. */
    public void revision(GroupPart.WrittenRow row) {
        tops.continueRevision(row.view(), row.window(), row.key(), row.revision());
    }

    /** Writes what {@link #rebuilt} cannot learn from the partitions. */
    public void write(BlockWriter out) {
        waiting.write(out);
    }

    /** Takes in what {@link #write} wrote; this must be new, and {@link #rebuilt} must follow. */
    public void read(BlockReader in) {
        waiting.read(in);
    }

    public long number() {
        return number;
    }

    public Watermarks watermarks() {
        return watermarks;
    }

    /** The end of the last open window that can end, {@link Long#MIN_VALUE} if there is none. */
    public long lastEnd() {
        return Arrays.stream(lastEnds).max().orElse(Long.MIN_VALUE);
    }

    /** Whether a window is open that the passing of time could close. */
    public boolean anyOpen() {
        return lastEnd() != Long.MIN_VALUE;
    }

    /** How many groups are open. */
    public long groups() {
        return Arrays.stream(groups).sum();
    }

    /** The reports of the partitions by dedup key, put together. */
    private final class Parts {
        private final Map<Integer, Fates> fates = new TreeMap<>();
        private final Map<String, Long> unmatched = new TreeMap<>();
        private final List<Prepared> landed = new ArrayList<>();
        private final List<Prepared> events = new ArrayList<>();
        private final Map<String, List<Prepared>> branches = new TreeMap<>();
        private final List<Prepared> quarantined = new ArrayList<>();
        private final List<Duplicate> duplicates = new ArrayList<>();
        private final List<Late> late = new ArrayList<>();
        private final Map<String, Long> reasons = new HashMap<>();
        private long highestEvent = Long.MIN_VALUE;

        void add(BlockReader in) {
            for (int left = in.readInt(); left > 0; left--) {
                fates.merge(in.readInt(), Fates.read(in), Fates::plus);
            }
            highestEvent = Math.max(highestEvent, in.readLong());
            in.readCounts().forEach((name, count) -> unmatched.merge(name, count, Long::sum));
            in.readCounts().forEach((name, count) -> reasons.merge(name, count, Long::sum));
            in.readCounts();
            for (int left = in.readInt(); left > 0; left--) {
                waiting.count(in.readLong(), in.readLong(), watermarks.close());
            }
            addRecords(KeyReport.part(in));
            for (var its = KeyReport.part(in); its.hasMore(); ) {
                quarantined.add(PackedRecords.readForOutputs(its));
            }
            for (var its = KeyReport.part(in); its.hasMore(); ) {
                duplicates.add(new Duplicate(
                        PackedRecords.readForOutputs(its), new Coordinates(its.readInt(), its.readLong())));
            }
            for (var its = KeyReport.part(in); its.hasMore(); ) {
                var at = new Coordinates(its.readInt(), its.readLong());
                late.add(new Late(
                        at,
                        its.readLong(),
                        its.readLong(),
                        plan.grouped().get(its.readByte()).name(),
                        WindowBounds.span(its.readLong(), its.readLong()),
                        its.readBoolean()));
            }
        }

        private void addRecords(BlockReader in) {
            while (in.hasMore()) {
                int destinations = in.readByte();
                var record = PackedRecords.readForOutputs(in);
                if ((destinations & KeyReport.LANDED) != 0) {
                    landed.add(record);
                }
                if ((destinations & KeyReport.EVENT) != 0) {
                    events.add(record);
                }
                if ((destinations & KeyReport.BRANCH) != 0) {
                    var branch = record.exit().flatMap(Prepared.Exit::branch).orElseThrow();
                    branches.computeIfAbsent(branch, key -> new ArrayList<>()).add(record);
                }
            }
        }

        Changes changes(List<ResultRow> rows, List<ResultRow.Id> gone, Set<Span> closed) {
            Consumer<List<Prepared>> sort = records -> records.sort(Comparator.comparing(Prepared::at));
            branches.values().forEach(sort);
            List.of(landed, quarantined, events).forEach(sort);
            duplicates.sort(Comparator.comparing(it -> it.record().at()));
            late.sort(Comparator.comparing(Late::at));
            return new Changes(
                    number,
                    watermarks,
                    landed,
                    quarantined,
                    duplicates,
                    late,
                    rows,
                    gone,
                    events,
                    branches,
                    unmatched,
                    fates,
                    StreamProgress.this.highestEvent,
                    waiting.records() + waitingInSessions,
                    closed);
        }
    }
}
