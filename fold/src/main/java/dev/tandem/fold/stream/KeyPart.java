package dev.tandem.fold.stream;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FateLog;
import dev.tandem.fold.FateLog.Refusal;
import dev.tandem.fold.Fates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Identity;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared.Contribution;
import dev.tandem.fold.RetractableRecord;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.WindowBounds;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import dev.tandem.fold.stream.OpenViews.Moment;
import dev.tandem.model.Dedup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the partitions by dedup key: decides what becomes of each of its records, and turns those that count into partial groups
 * for the partitions by group key. Its state is the keys that it remembers. All records of one dedup key are in one partition.
 *
 * <p>Whether a record is late depends on nothing but its event time and the micro-batch's watermark, so it is decided here. One
 * thread.
 */
public final class KeyPart {
    /**
     * What a micro-batch makes here.
     *
     * @param groups a block for each partition by group key
     * @param report for the driver
     */
    @SuppressWarnings("ArrayRecordComponent") // they travel once and are never compared
    public record Output(List<byte[]> groups, byte[] report) {}

    /**
     * One micro-batch, or a part of a batch's log.
     *
     * @param asOf in a batch, the watermark at which it is asked how many records wait; {@link #STREAM} in a stream
     */
    public record Task(long number, Watermarks watermarks, int groupParts, StreamDetail detail, long asOf) {
        /** Windows close while the stream runs. */
        public static final long STREAM = Long.MAX_VALUE;
    }

    private final FoldPlan plan;
    private final KeyMemory keys;
    private final List<WindowBounds> windows = new ArrayList<>();
    private final boolean keepsLast;
    private final boolean sessions;

    public KeyPart(FoldPlan plan) {
        this.plan = plan;
        keys = new KeyMemory(plan);
        plan.grouped().forEach(shape -> windows.add(new WindowBounds(shape.window())));
        keepsLast = plan.keep() == Dedup.Keep.LAST;
        sessions = plan.hasSessions();
    }

    /** Takes in the records of a micro-batch, packed, in landed order. */
    public Output take(List<byte[]> blocks, Task task) {
        return take(blocks, task, FateLog.NONE);
    }

    /** The same; reports duplicates and late records to {@code log}. */
    public Output take(List<byte[]> blocks, Task task, FateLog log) {
        var pass = new Pass(task.number, Moment.now(task.watermarks), task.groupParts, new KeyReport(task.detail, log));
        pass.asOf = task.asOf;
        for (var block : blocks) {
            pass.cursor = new BlockReader(block);
            while (pass.cursor.hasMore()) {
                pass.take();
            }
        }
        keys.forgetBefore(task.watermarks.close());
        return pass.sent();
    }

    /** Begins to put the state together again from landed records; see {@link Replay}. */
    public Replay replay(Watermarks last, int groupParts) {
        return new Replay(last, groupParts);
    }

    /**
     * Takes in again what was landed before a restart: kept records, in the order in which they were landed. Where {@link #read} was
     * called before, those of the micro-batches after the one whose state was read.
     */
    public final class Replay {
        private final Watermarks last;
        private final int groupParts;
        private final KeyReport report = new KeyReport(new StreamDetail(false, false, false, false), FateLog.NONE);
        private @Nullable Pass pass;

        private Replay(Watermarks last, int groupParts) {
            this.last = last;
            this.groupParts = groupParts;
        }

        /** Takes the next record of micro-batch {@code number}, which used {@code then}; {@code in} goes past it. */
        public void take(long number, Watermarks then, BlockReader in) {
            if (pass == null || pass.number != number) {
                var next = new Pass(number, new Moment(then, last.close()), groupParts, report);
                if (pass != null) {
                    next.goOn(pass);
                }
                pass = next;
                keys.forgetBefore(then.late());
            }
            pass.cursor = in;
            pass.replay();
        }

        /** Ends it. */
        public Output done() {
            keys.forgetBefore(last.close());
            return (pass == null ? new Pass(0, Moment.now(last), groupParts, report) : pass).sent();
        }
    }

    /** Writes the state as it is after a micro-batch. */
    public void write(StateSink sink) {
        keys.write(sink);
    }

    /** Takes in what {@link #write} of the same partition wrote; this must be new. */
    public void read(StateSource source) {
        keys.read(source);
    }

    /** How many keys are remembered. */
    public long size() {
        return keys.size();
    }

    /** Bytes of state on the heap, estimated where objects are kept. */
    public long bytes() {
        return keys.bytes();
    }

    /** One pass over records. */
    private final class Pass {
        private final long number;
        private final Moment now;
        private final KeyReport report;
        private PartialGroups partial = new PartialGroups(plan);
        private GroupMoves moves;
        private final BlockReader arguments = new BlockReader(new byte[0]);
        private final List<Refusal> refusals = new ArrayList<>();
        private BlockReader cursor = new BlockReader(new byte[0]);
        private long asOf = Task.STREAM;

        // The record that is being taken.
        private int start;
        private int end;
        private int flags;
        private long arrivedMillis;
        private long eventMicros;
        private Coordinates at = new Coordinates(0, 0);
        private @Nullable Identity identity;
        private String branch = "";

        Pass(long number, Moment now, int groupParts, KeyReport report) {
            this.number = number;
            this.now = now;
            this.report = report;
            moves = new GroupMoves(plan, groupParts);
        }

        /** Goes on with what an earlier pass has gathered. */
        void goOn(Pass earlier) {
            partial = earlier.partial;
            moves = earlier.moves;
        }

        void take() {
            readHead();
            report.fates.count(at.partition(), fate());
            cursor.seek(end);
        }

        private void readHead() {
            start = cursor.position();
            end = start + Integer.BYTES + cursor.readInt();
            at = new Coordinates(cursor.readInt(), cursor.readLong());
            arrivedMillis = cursor.readLong();
            flags = cursor.readByte();
            eventMicros = cursor.readLong();
            identity = has(PackedRecords.IDENTITY) ? new Identity(cursor.readLong(), cursor.readLong()) : null;
            branch = has(PackedRecords.EXIT) ? cursor.readText() : "";
        }

        private boolean has(int flag) {
            return (flags & flag) != 0;
        }

        private Fates fate() {
            if (has(PackedRecords.REJECTED)) {
                report.reasons.merge(cursor.readText(), 1L, Long::sum);
                report.quarantined(cursor.array(), start, end - start);
                return Fates.QUARANTINED;
            }
            report.event(eventMicros);
            if (has(PackedRecords.EXIT) && !has(PackedRecords.AFTER_DEDUP)) {
                return sideOutput();
            }
            if (keepsLast) {
                return lastCopy();
            }
            var first = identity == null ? null : keys.firstOf(identity, eventMicros, at);
            if (first != null) {
                report.duplicate(at, cursor.array(), start, end - start, first);
                return Fates.DUPLICATE;
            }
            return has(PackedRecords.EXIT) ? sideOutput() : counted(true);
        }

        private Fates lastCopy() {
            var part = part();
            var replaced = replaced(part);
            var fate = has(PackedRecords.EXIT) ? sideOutput() : counted(replaced == null);
            return replaced == null ? fate : Fates.DUPLICATE;
        }

        /** The record as far as the views are concerned; the cursor stays. */
        private RetractableRecord part() {
            int position = cursor.position();
            cursor.seek(start);
            var part = RetractableRecord.of(PackedRecords.read(cursor));
            cursor.seek(position);
            return part;
        }

        /** Takes back what an earlier copy has contributed, and returns its part. */
        private @Nullable RetractableRecord replaced(RetractableRecord part) {
            var before = identity == null ? null : keys.replaced(identity, part).orElse(null);
            if (before != null) {
                for (var contribution : before.contributions()) {
                    moves.add(new GroupMove(
                            GroupMove.Kind.TAKE_BACK,
                            number,
                            at,
                            before.at(),
                            before.eventMicros(),
                            contribution,
                            false,
                            Long.MIN_VALUE));
                }
            }
            return before;
        }

        private Fates sideOutput() {
            unmatched();
            report.record(
                    KeyReport.LANDED | (branch.isEmpty() ? 0 : KeyReport.BRANCH), cursor.array(), start, end - start);
            if (branch.isEmpty()) {
                return Fates.FILTERED;
            }
            report.splits.merge(branch, 1L, Long::sum);
            return Fates.SPLIT;
        }

        private void unmatched() {
            for (var dimension : PackedRecords.unmatched(cursor)) {
                report.unmatched.merge(dimension, 1L, Long::sum);
            }
        }

        private Fates counted(boolean waits) {
            unmatched();
            report.record(KeyReport.LANDED | KeyReport.EVENT, cursor.array(), start, end - start);
            refusals.clear();
            int taken = contribute(waits);
            if (refusals.isEmpty()) {
                return Fates.ACCEPTED;
            }
            report.late(new KeyReport.LateRecord(at, eventMicros, arrivedMillis), refusals, taken == 0);
            return taken == 0 ? Fates.LATE : Fates.LATE_IN_PART;
        }

        /** Counts the record in each window that takes it, and gives how many do. */
        private int contribute(boolean waits) {
            int contributions = cursor.position();
            long fixedEnd = waits && sessions ? lastEnd() : Long.MIN_VALUE;
            cursor.seek(contributions);
            int taken = 0;
            boolean inSession = false;
            for (int left = PackedRecords.count(cursor); left > 0; left--) {
                int view = cursor.readByte();
                int keyFrom = cursor.position();
                cursor.skipBytes();
                int argumentsFrom = cursor.position();
                cursor.skipBytes();
                long[] bounds = windows.get(view).of(eventMicros);
                int in = contribute(view, bounds, keyFrom, argumentsFrom);
                taken += in;
                boolean session = plan.gapMicros(view) > 0;
                fixedEnd = waits && !sessions ? Math.max(fixedEnd, end(view, bounds)) : fixedEnd;
                if (in > 0 && (session || keepsLast)) {
                    inSession |= session;
                    moves.add(moved(view, keyFrom, waits && session && fixedEnd <= asOf, fixedEnd));
                }
            }
            if (waits
                    && !(inSession && fixedEnd <= asOf)
                    && fixedEnd > now.then().close()) {
                report.waiting.merge(fixedEnd, 1L, Long::sum);
            }
            return taken;
        }

        private int contribute(int view, long[] bounds, int keyFrom, int argumentsFrom) {
            boolean together = !keepsLast && plan.gapMicros(view) == 0;
            int taken = 0;
            for (int index = 0; index < bounds.length; index += 2) {
                if (bounds[index + 1] <= now.then().late()) {
                    refusals.add(new Refusal(view, bounds[index], bounds[index + 1]));
                } else {
                    taken++;
                    if (together && bounds[index + 1] > now.closedMeanwhile()) {
                        var place = new PartialGroups.Place(
                                view,
                                bounds[index],
                                bounds[index + 1],
                                cursor.array(),
                                keyFrom + Integer.BYTES,
                                argumentsFrom - keyFrom - Integer.BYTES);
                        arguments.reset(cursor.array(), argumentsFrom + Integer.BYTES, cursor.position());
                        partial.group(place).addPacked(arguments, eventMicros, at);
                    }
                }
            }
            return taken;
        }

        /** The end of the last window of the record that ends and does not move; the cursor is before the contributions. */
        private long lastEnd() {
            long last = Long.MIN_VALUE;
            for (int left = PackedRecords.count(cursor); left > 0; left--) {
                int view = cursor.readByte();
                cursor.skipBytes();
                cursor.skipBytes();
                if (plan.gapMicros(view) == 0) {
                    last = Math.max(last, end(view, windows.get(view).of(eventMicros)));
                }
            }
            return last;
        }

        private long end(int view, long[] bounds) {
            long last = Long.MIN_VALUE;
            if (plan.grouped().get(view).windowed()) {
                for (int index = 1; index < bounds.length; index += 2) {
                    last = Math.max(last, bounds[index]);
                }
            }
            return last;
        }

        private GroupMove moved(int view, int keyFrom, boolean waits, long fixedEnd) {
            int position = cursor.position();
            cursor.seek(keyFrom);
            var contribution = new Contribution(view, cursor.sizedValues(), cursor.sizedValues());
            cursor.seek(position);
            return new GroupMove(GroupMove.Kind.ADD, number, at, at, eventMicros, contribution, waits, fixedEnd);
        }

        /** Takes a record again that was kept before a restart. */
        void replay() {
            readHead();
            if (!has(PackedRecords.EXIT) || has(PackedRecords.AFTER_DEDUP)) {
                boolean again = false;
                if (keepsLast) {
                    again = replaced(part()) != null;
                } else if (identity != null) {
                    keys.firstOf(identity, eventMicros, at);
                }
                if (!has(PackedRecords.EXIT)) {
                    PackedRecords.unmatched(cursor);
                    refusals.clear();
                    contribute(!again);
                }
            }
            cursor.seek(end);
        }

        Output sent() {
            var blocks = moves.blocks();
            partial.write(blocks);
            return new Output(blocks.stream().map(BlockWriter::toByteArray).toList(), report.packed());
        }
    }
}
