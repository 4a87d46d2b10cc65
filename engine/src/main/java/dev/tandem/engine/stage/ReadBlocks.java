package dev.tandem.engine.stage;

import dev.tandem.fold.NamedFile;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What one task has read of a micro-batch.
 *
 * @param ranges the stretches of the source's partitions that it read
 * @param arrivals how many records arrived when, for latency
 * @param files what it has landed as segments
 * @param blocks the prepared records, packed, a block for each partition by dedup key
 */
@SuppressWarnings("ArrayRecordComponent") // they travel once and are never compared
public record ReadBlocks(List<Stretch> ranges, List<Arrival> arrivals, List<NamedFile> files, List<byte[]> blocks) {
    /** Records of one partition: the first and last position that were read, and how many records were between them. */
    public record Stretch(int partition, long first, long last, long records) {}

    /** So many records arrived in one millisecond. */
    public record Arrival(long millis, int records) {}

    /** Gathers what a task reads. One thread. */
    public static final class Writer {
        private final List<BlockWriter> blocks = new ArrayList<>();
        private final List<Stretch> ranges = new ArrayList<>();
        private final List<Arrival> arrivals = new ArrayList<>();
        private int partition = -1;
        private long first;
        private long last;
        private long records;
        private long arrivedMillis;
        private int arrived;

        public Writer(int parts) {
            for (int part = 0; part < parts; part++) {
                blocks.add(new BlockWriter(1 << 14));
            }
        }

        /** Notes the next record that was read. */
        public void read(int ofPartition, long position, long millis) {
            if (ofPartition != partition) {
                endStretch();
                partition = ofPartition;
                first = position;
            }
            last = position;
            records++;
            if (millis != arrivedMillis) {
                endArrival();
                arrivedMillis = millis;
            }
            arrived++;
        }

        private void endStretch() {
            if (records > 0) {
                ranges.add(new Stretch(partition, first, last, records));
                records = 0;
            }
        }

        private void endArrival() {
            if (arrived > 0) {
                arrivals.add(new Arrival(arrivedMillis, arrived));
                arrived = 0;
            }
        }

        /** The block of a partition by dedup key. */
        public BlockWriter block(int part) {
            return blocks.get(part);
        }

        public byte[] packed(List<NamedFile> files) {
            endStretch();
            endArrival();
            int size = 16 + 28 * ranges.size() + 12 * arrivals.size();
            for (var block : blocks) {
                size += Integer.BYTES + block.size();
            }
            var out = new BlockWriter(size);
            new ReadBlocks(ranges, arrivals, files, List.of()).writeHead(out);
            out.writeInt(blocks.size());
            for (var block : blocks) {
                out.writeBytes(block.array(), 0, block.size());
            }
            return out.toByteArray();
        }
    }

    /** Everything but the blocks, packed. */
    byte[] head() {
        var out = new BlockWriter();
        writeHead(out);
        out.writeInt(0);
        return out.toByteArray();
    }

    private void writeHead(BlockWriter out) {
        out.writeInt(ranges.size());
        for (var range : ranges) {
            out.writeInt(range.partition());
            out.writeLong(range.first());
            out.writeLong(range.last());
            out.writeLong(range.records());
        }
        out.writeInt(arrivals.size());
        for (var arrival : arrivals) {
            out.writeLong(arrival.millis());
            out.writeInt(arrival.records());
        }
        out.writeInt(files.size());
        files.forEach(file -> write(file, out));
    }

    private static void write(NamedFile file, BlockWriter out) {
        out.writeText(file.name());
        out.writeText(file.kind().word());
        out.writeLong(file.bytes());
        out.writeLong(file.checksum());
        out.writeLong(file.records());
        out.writeInt(file.partition());
        out.writeLong(file.from());
        out.writeLong(file.until());
    }

    private static NamedFile file(BlockReader in) {
        return new NamedFile(
                in.readText(),
                NamedFile.Kind.ofWord(in.readText()),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readLong());
    }

    /** Reads what {@link Writer#packed} wrote. */
    public static ReadBlocks of(byte[] packed) {
        var in = new BlockReader(packed);
        var ranges = new ArrayList<Stretch>();
        for (int left = in.readInt(); left > 0; left--) {
            ranges.add(new Stretch(in.readInt(), in.readLong(), in.readLong(), in.readLong()));
        }
        var arrivals = new ArrayList<Arrival>();
        for (int left = in.readInt(); left > 0; left--) {
            arrivals.add(new Arrival(in.readLong(), in.readInt()));
        }
        var files = new ArrayList<NamedFile>();
        for (int left = in.readInt(); left > 0; left--) {
            files.add(file(in));
        }
        var blocks = new ArrayList<byte[]>();
        for (int left = in.readInt(); left > 0; left--) {
            blocks.add(in.readBytes());
        }
        return new ReadBlocks(ranges, arrivals, files, blocks);
    }

    /** How many records were read. */
    public long records() {
        return ranges.stream().mapToLong(Stretch::records).sum();
    }
}
