package dev.tandem.files;

import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files as a finished log, for a batch straight over them, without a stream before it: one partition, one micro-batch, the files in
 * the order that the source says. They are measured once when the log is opened, and each is checked against that when it is read. A
 * record's arrival is its file's time of change. A slice is a run of positions, so that one large file is read by many as well.
 */
public final class FilesLog implements LandedLog {
    private static final long serialVersionUID = 1L;

    private final RecordForm form;
    private final List<KnownFile> files;
    private final List<LeftOut> leftOut;

    private FilesLog(RecordForm form, List<KnownFile> files, List<LeftOut> leftOut) {
        this.form = form;
        this.files = List.copyOf(files);
        this.leftOut = List.copyOf(leftOut);
    }

    private record Measured(Path path, Optional<FileScan.Measure> measure, Optional<LeftOut> fault) {}

    /**
     * Opens a folder, a file or a pattern such as {@code orders/2026-*.csv.gz} or {@code orders/**.csv}.
     *
     * @throws FilesException if there is no such file, or one cannot be read or lacks a column and must not be left out
     */
    public static FilesLog of(String where, Intake intake) {
        var named = NamedFiles.of(where, intake);
        var measured = named.files().parallelStream()
                .map(path -> measured(path, intake))
                .toList();
        var leftOut = new ArrayList<>(named.leftOut());
        var files = new ArrayList<KnownFile>();
        long position = 0;
        for (var file : measured) {
            file.fault().ifPresent(leftOut::add);
            if (file.measure().isEmpty()) {
                continue;
            }
            var path = file.path();
            var measure = file.measure().get();
            files.add(new KnownFile(
                    List.of(path.toString()),
                    measure.bytes(),
                    measure.sha256(),
                    position,
                    measure.records(),
                    changedMillis(path),
                    measure.marks()));
            position += measure.records();
        }
        return new FilesLog(intake.form(), files, leftOut);
    }

    private static Measured measured(Path path, Intake intake) {
        try {
            return new Measured(path, Optional.of(FileScan.measure(path, intake.form())), Optional.empty());
        } catch (NoSuchFileException e) {
            throw FileScan.unreadable(path, e);
        } catch (BadFileException e) {
            var name = path.getFileName().toString();
            return switch (intake.onBadFile()) {
                case STOP -> throw e.ending();
                case QUARANTINE -> new Measured(path, Optional.empty(), Optional.of(LeftOut.bad(name, Reason.of(e))));
            };
        }
    }

    /** What lies where the files do, or fits their pattern, and is not counted. */
    public List<LeftOut> leftOut() {
        return List.copyOf(leftOut);
    }

    private static long changedMillis(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            throw FileScan.unreadable(path, e);
        }
    }

    /** Everything there is. */
    public EndOffsets cut() {
        return new EndOffsets(0, Map.of(0, end()));
    }

    /** The files, in the order in which they are read. */
    public List<Path> files() {
        return files.stream().map(it -> Path.of(it.places().get(0))).toList();
    }

    /** For each file, in the order in which they are read, the position after its last record. */
    public List<Long> ends() {
        return files.stream().map(KnownFile::end).toList();
    }

    private long end() {
        return files.isEmpty() ? 0 : files.get(files.size() - 1).end();
    }

    /**
     * Slices of positions, both included; none for an empty log.
     *
     * @throws FilesException if there are fewer records than the cut says
     */
    @Override
    public List<Slice> slices(EndOffsets cut, int parts) {
        long until = cut.positions().getOrDefault(0, 0L);
        if (until > end()) {
            throw new FilesException(
                    "Cannot read the files up to position %d: they hold %d records; take the cut from this log"
                            .formatted(until, end()));
        }
        var slices = new ArrayList<Slice>();
        long first = 0;
        for (int part = 1; part <= parts; part++) {
            long behind = Math.multiplyExact(until, (long) part) / parts;
            if (behind > first) {
                slices.add(new Slice(first, behind - 1));
                first = behind;
            }
        }
        return slices;
    }

    @Override
    public ClosingIterator<Landed> read(Slice slice) {
        return new Stretch(form, files, slice.first(), slice.last() + 1).read().map(FilesLog::landed);
    }

    /** Nothing was done with these records before, so all count as kept. */
    private static Landed landed(FileRecord record) {
        return new Landed(record.at(), record.arrivedMillis(), record.raw(), 0, Landed.As.KEPT);
    }
}
