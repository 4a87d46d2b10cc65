package dev.tandem.engine.stage;

import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.engine.prepare.RecordPacker;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FateLog;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.segments.Attempt;
import dev.tandem.segments.FateWriter;
import dev.tandem.segments.SegmentPlace;
import dev.tandem.segments.SegmentWriter;
import dev.tandem.segments.SourceRange;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Where the tasks of a micro-batch land what they read: as segments of the landed log.
 *
 * @param run the id of the run, of letters, digits and underscores
 */
public record SegmentLanding(SegmentPlace place, String pipeline, String run, long number) implements Serializable {
    /** The landing of one task. Closing it removes the files that are not finished. */
    public Writer writer(long task) {
        return new Writer(new Attempt(pipeline, number, run, task));
    }

    /** The fates of one partition by dedup key, as the task attempt {@code task} finds them. */
    Fates fates(int part, long task) {
        return new Fates(new Attempt(pipeline, number, run, task), part);
    }

    /** Writes a segment for each source partition that a task reads. One thread. */
    public final class Writer implements AutoCloseable {
        private final Attempt attempt;
        private final List<NamedFile> files = new ArrayList<>();
        private @Nullable SegmentWriter segment;
        private int partition = -1;

        private Writer(Attempt attempt) {
            this.attempt = attempt;
        }

        /** Lands the next record; {@code bytes} has it packed. */
        public void land(InternalRow parsed, RecordPacker.Running packed, BlockWriter bytes) {
            int of = parsed.getInt(PreparedLayout.PARTITION);
            long position = parsed.getLong(PreparedLayout.POSITION);
            if (segment == null || of != partition) {
                end();
                partition = of;
                segment = new SegmentWriter(place, attempt, new SourceRange(of, position, Long.MAX_VALUE));
            }
            byte[] raw = parsed.getBinary(PreparedLayout.RAW);
            long arrived = parsed.getLong(PreparedLayout.ARRIVED) / 1_000;
            if ((packed.flags() & PackedRecords.REJECTED) == 0) {
                segment.append(of, position, arrived, SegmentWriter.PASSED, null, null, raw, 0, raw.length);
            } else {
                var rejection = PackedRecords.read(new BlockReader(bytes.array(), 0, bytes.size()))
                        .rejection()
                        .orElseThrow();
                segment.append(
                        of,
                        position,
                        arrived,
                        SegmentWriter.QUARANTINED,
                        rejection.reason(),
                        rejection.detail(),
                        raw,
                        0,
                        raw.length);
            }
        }

        private void end() {
            if (segment != null) {
                segment.finish().ifPresent(files::add);
                segment.close();
                segment = null;
            }
        }

        /** Completes the files and gives their names. */
        public List<NamedFile> finish() {
            end();
            return files;
        }

        @Override
        public void close() {
            if (segment != null) {
                segment.close();
            }
        }
    }

    /** Writes the fates of records when there are some. One thread. */
    final class Fates implements FateLog, AutoCloseable {
        private final Attempt attempt;
        private final int part;
        private @Nullable FateWriter writer;

        private Fates(Attempt attempt, int part) {
            this.attempt = attempt;
            this.part = part;
        }

        private FateWriter writer() {
            if (writer == null) {
                writer = new FateWriter(place, attempt, part);
            }
            return writer;
        }

        @Override
        public void duplicate(Coordinates at, Coordinates of) {
            writer().duplicate(at.partition(), at.position(), of.partition(), of.position());
        }

        @Override
        public void late(Coordinates at, Refusal refusal, boolean whole) {
            writer().late(at.partition(), at.position(), refusal.view(), refusal.start(), refusal.end(), whole);
        }

        /** Completes the file, if there is one, and gives its name. */
        List<NamedFile> finish() {
            return writer == null ? List.of() : writer.finish().stream().toList();
        }

        @Override
        public void close() {
            if (writer != null) {
                writer.close();
            }
        }
    }
}
