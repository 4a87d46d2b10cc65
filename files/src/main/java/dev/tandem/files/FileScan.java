package dev.tandem.files;

import dev.tandem.files.Marks.Mark;
import dev.tandem.model.Format;
import dev.tandem.model.Reason;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * One pass through a file: its records in the schema's order and, when the end is reached, its size and digest. Taking in and
 * reading back both go through here, so they cannot count differently.
 */
final class FileScan implements Closeable {
    /** What a whole file came to. */
    record Measure(long bytes, String sha256, long records, Marks marks) {}

    private final Path path;
    private final MeasuredStream measured;
    private final @Nullable WholeGzip gzip;
    private final Cutter cutter;
    private Optional<ColumnOrder> order = Optional.empty();
    private final Marks marks = new Marks();
    private final boolean whole;
    private long records;

    private FileScan(Path path, MeasuredStream measured, RecordForm form, Mark from) throws IOException {
        this.path = path;
        this.whole = from.beginning();
        this.measured = measured;
        this.gzip = FileNames.compressed(path.getFileName().toString()) ? new WholeGzip(measured) : null;
        var text = text(gzip == null ? measured : gzip, form);
        this.cutter = Cutter.of(text, form);
        if (!whole) {
            text.skipNBytes(from.offset());
            cutter.begin();
        }
    }

    /**
     * Stands before the first record, behind the header.
     *
     * @throws NoSuchFileException if there is no such file, any more
     * @throws BadFileException if it is no file of records, may not be read, or its header lacks a column
     * @throws FilesException if the disk does not give it
     */
    static FileScan open(Path path, RecordForm form) throws NoSuchFileException {
        var scan = opened(path, form, Mark.BEGINNING);
        try {
            if (form.named() && scan.cutter.advance()) {
                scan.order = order(scan.cutter.record(), form, path);
            }
            return scan;
        } catch (IOException e) {
            scan.close();
            throw unreadable(path, e);
        } catch (FilesException e) {
            scan.close();
            throw e;
        }
    }

    /** Stands before the record of a mark; knows nothing of the whole file, so whoever reads to its end compares the file itself. */
    static FileScan open(Path path, RecordForm form, Mark from) throws NoSuchFileException {
        if (from.beginning()) {
            return open(path, form);
        }
        Optional<ColumnOrder> order;
        try (var header = open(path, form)) {
            order = header.order;
        }
        var scan = opened(path, form, from);
        scan.order = order;
        return scan;
    }

    private static FileScan opened(Path path, RecordForm form, Mark from) throws NoSuchFileException {
        InputStream source = null;
        try {
            source = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
            return new FileScan(path, new MeasuredStream(source), form, from);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            closeQuietly(source);
            throw unreadable(path, e);
        }
    }

    private static InputStream text(InputStream bytes, RecordForm form) {
        var encoding = Charset.forName(form.inFile().encoding());
        return encoding.equals(StandardCharsets.UTF_8) ? bytes : new RecodedStream(bytes, encoding);
    }

    private static Optional<ColumnOrder> order(byte[] header, RecordForm form, Path path) throws UnfitFileException {
        try {
            return ColumnOrder.of(header, form, path.toString());
        } catch (FilesException missing) {
            ReturnsAlone.refuse(header, form.kind());
            throw missing;
        }
    }

    /** A pass from end to end, for what comes out of it. */
    static Measure measure(Path path, RecordForm form) throws NoSuchFileException {
        try (var scan = open(path, form)) {
            if (scan.advance()) {
                var only = scan.cutter.record();
                if (!scan.advance()) {
                    refuseReturnsAlone(only, form);
                }
            }
            return scan.rest();
        } catch (UnfitFileException e) {
            throw unreadable(path, e);
        }
    }

    private static void refuseReturnsAlone(byte[] only, RecordForm form) throws UnfitFileException {
        if (form.layout() == Format.Layout.LINES) {
            ReturnsAlone.refuse(only, form.kind());
        }
    }

    boolean whole() {
        return whole;
    }

    /** Goes to the next record; false at the end of the file. */
    boolean advance() {
        try {
            boolean more = cutter.advance();
            if (more) {
                marks.next(records, cutter.offset());
                records++;
            }
            return more;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    byte[] record() {
        var record = cutter.record();
        return order.isPresent() ? order.get().ordered(record) : record;
    }

    /** Reads to the end of the file; nothing can be read afterwards. */
    Measure rest() {
        if (!whole) {
            throw new IllegalStateException("Only a pass from the beginning measures a file: " + path);
        }
        while (advance()) {
            // counted by the way
        }
        try {
            boolean behind = measured.drain() > 0;
            if (gzip != null && (behind || gzip.unreadTail())) {
                throw new ZipException("something else follows the compressed data");
            }
            return new Measure(measured.bytes(), measured.sha256(), records, marks);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public void close() {
        closeQuietly(cutter);
    }

    /** Of a file that was only read, nothing is lost when closing fails. */
    private static void closeQuietly(@Nullable Closeable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // read, never written
        }
    }

    static FilesException unreadable(Path path, IOException cause) {
        return fault(path, cause)
                .<FilesException>map(why -> new BadFileException("Cannot read %s: %s".formatted(path, why), cause))
                .orElseGet(() -> new FilesException(
                        "Cannot read %s: %s; see whether the disk or the share is well".formatted(path, cause), cause));
    }

    /** What is wrong with the file itself; empty where it is not the file. */
    private static Optional<String> fault(Path path, IOException cause) {
        if (cause instanceof UnfitFileException) {
            return Optional.of(Reason.of(cause));
        }
        if (cause instanceof AccessDeniedException) {
            return Optional.of("permission denied; give the user that runs Tandem the right to read it");
        }
        boolean compressed = FileNames.compressed(path.getFileName().toString());
        return compressed && (cause instanceof ZipException || cause instanceof EOFException)
                ? Optional.of(
                        "it is no whole gzip file (%s); take it out of the folder and move it in again when it is complete"
                                .formatted(Reason.of(cause)))
                : Optional.empty();
    }
}
