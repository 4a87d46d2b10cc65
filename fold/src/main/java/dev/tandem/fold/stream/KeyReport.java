package dev.tandem.fold.stream;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FateLog;
import dev.tandem.fold.FateTally;
import dev.tandem.fold.Fates;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The report of a partition by dedup key to the driver about one micro-batch: counts, and records that outputs or the landing
 * table need. Written by the task, read by {@link StreamProgress}.
 */
public final class KeyReport {
    /** What becomes of a record that is sent to the driver; a record may have several. */
    static final int LANDED = 1;

    public static final int EVENT = 2;
    static final int BRANCH = 4;

    private final StreamDetail detail;
    private final FateLog log;
    final FateTally fates = new FateTally();
    final Map<String, Long> unmatched = new TreeMap<>();
    final Map<String, Long> reasons = new TreeMap<>();
    final Map<String, Long> splits = new TreeMap<>();
    /** How many records wait for windows that end then. */
    final Map<Long, Long> waiting = new TreeMap<>();

    private final BlockWriter records = new BlockWriter();
    private final BlockWriter quarantined = new BlockWriter();
    private final BlockWriter duplicates = new BlockWriter();
    private final BlockWriter late = new BlockWriter();
    private long highestEvent = Long.MIN_VALUE;
    private int samples;

    KeyReport(StreamDetail detail, FateLog log) {
        this.detail = detail;
        this.log = log;
    }

    void event(long micros) {
        highestEvent = Math.max(highestEvent, micros);
    }

    /** Sends the record along if something wants it. */
    void record(int destinations, byte[] bytes, int from, int length) {
        int wanted = destinations & detail.destinations();
        if (wanted != 0) {
            records.writeByte(wanted);
            records.writeRaw(bytes, from, length);
        }
    }

    void quarantined(byte[] bytes, int from, int length) {
        if (detail.everyFate() || samples++ < StreamDetail.SAMPLES) {
            quarantined.writeRaw(bytes, from, length);
        }
    }

    void duplicate(Coordinates at, byte[] bytes, int from, int length, Coordinates of) {
        log.duplicate(at, of);
        if (detail.everyFate() || samples++ < StreamDetail.SAMPLES) {
            duplicates.writeRaw(bytes, from, length);
            duplicates.writeInt(of.partition());
            duplicates.writeLong(of.position());
        }
    }

    void late(LateRecord record, List<FateLog.Refusal> refusals, boolean whole) {
        refusals.forEach(refusal -> log.late(record.at(), refusal, whole));
        if (detail.everyFate() || samples++ < StreamDetail.SAMPLES) {
            for (var refusal : refusals) {
                late.writeInt(record.at().partition());
                late.writeLong(record.at().position());
                late.writeLong(record.eventMicros());
                late.writeLong(record.arrivedMillis());
                late.writeByte(refusal.view());
                late.writeLong(refusal.start());
                late.writeLong(refusal.end());
                late.writeBoolean(whole);
            }
        }
    }

    /** A record that some window refuses: its coordinates, event time in microseconds, arrival in milliseconds. */
    record LateRecord(Coordinates at, long eventMicros, long arrivedMillis) {}

    byte[] packed() {
        var out = new BlockWriter(64 + records.size() + quarantined.size() + duplicates.size() + late.size());
        write(fates.byPartition(), out);
        out.writeLong(highestEvent);
        out.writeCounts(unmatched);
        out.writeCounts(reasons);
        out.writeCounts(splits);
        out.writeInt(waiting.size());
        waiting.forEach((end, count) -> {
            out.writeLong(end);
            out.writeLong(count);
        });
        for (var part : List.of(records, quarantined, duplicates, late)) {
            out.writeBytes(part.array(), 0, part.size());
        }
        return out.toByteArray();
    }

    /** The same report with more fates. */
    public static byte[] withFates(byte[] report, FateTally more) {
        var in = new BlockReader(report);
        var counts = new TreeMap<>(more.byPartition());
        for (int left = in.readInt(); left > 0; left--) {
            counts.merge(in.readInt(), Fates.read(in), Fates::plus);
        }
        var out = new BlockWriter(report.length + 128);
        write(counts, out);
        out.writeRaw(report, in.position(), report.length - in.position());
        return out.toByteArray();
    }

    private static void write(Map<Integer, Fates> counts, BlockWriter out) {
        out.writeInt(counts.size());
        counts.forEach((partition, of) -> {
            out.writeInt(partition);
            of.write(out);
        });
    }

    /** A section of a report; {@code in} is moved behind it. */
    public static BlockReader part(BlockReader in) {
        int length = in.readInt();
        var part = new BlockReader(in.array(), in.position(), in.position() + length);
        in.skip(length);
        return part;
    }
}
