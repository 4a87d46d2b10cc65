package dev.tandem.files;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.model.FieldOrigin.Beside;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of a stretch file by file; one file is open at a time. */
final class StretchReader implements ClosingIterator<FileRecord> {
    private record Open(KnownFile file, Path path, FileScan scan) {}

    private final RecordForm form;
    private final Iterator<KnownFile> files;
    private final long until;
    private long position;
    private @Nullable Open open;

    StretchReader(RecordForm form, List<KnownFile> files, long from, long until) {
        this.form = form;
        this.files = files.iterator();
        this.position = from;
        this.until = until;
    }

    @Override
    public boolean hasNext() {
        return position < until && (open != null || files.hasNext());
    }

    @Override
    public FileRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("at position " + position);
        }
        var current = open == null ? openNext() : open;
        requireRecord(current);
        var record = new FileRecord(
                new Coordinates(0, position),
                current.file().arrivedMillis(),
                new Raw(form.envelope().around(current.scan().record(), part -> beside(current.file(), part))));
        position++;
        if (position == current.file().end()) {
            finish(current);
        }
        return record;
    }

    private Optional<byte[]> beside(KnownFile file, Beside part) {
        var text = switch (part.part()) {
            case FILE -> file.name();
            case RECORD -> Long.toString(position - file.firstPosition() + 1);
            case KEY, HEADER, TIMESTAMP ->
                throw new IllegalArgumentException("a record of a file is no message; the definition was read wrong");
        };
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private Open openNext() {
        var file = files.next();
        // Positions of a file that was given up have no records.
        position = Math.max(position, file.firstPosition());
        var opened = opened(file);
        open = opened;
        long begun =
                opened.file().firstPosition() + opened.file().before(position).record();
        for (long skipped = begun; skipped < position; skipped++) {
            requireRecord(opened);
        }
        return opened;
    }

    /** Between finding a file and opening it, it may go to the archive: then it is there the second time. */
    private Open opened(KnownFile file) {
        try {
            return opened(file, file.place());
        } catch (NoSuchFileException e) {
            return openedAgain(file);
        }
    }

    private Open openedAgain(KnownFile file) {
        try {
            return opened(file, file.place());
        } catch (NoSuchFileException e) {
            throw new FilesException(
                    "Cannot read back %s: it is being moved about; leave it where it is and try again"
                            .formatted(file.places().get(0)),
                    e);
        }
    }

    private Open opened(KnownFile file, Path path) throws NoSuchFileException {
        return new Open(file, path, FileScan.open(path, form, file.before(position)));
    }

    /** A file with fewer records than it had is another file, or is cut in another way. */
    private static void requireRecord(Open current) {
        if (!current.scan().advance()) {
            requireUnchanged(current);
            throw new FilesException(
                    "Cannot read back %s: it ends too early; put the file back as it was".formatted(current.path()));
        }
    }

    private void finish(Open current) {
        requireUnchanged(current);
        close();
    }

    /** Part of a file says nothing of the whole, which is then read once more. */
    private static void requireUnchanged(Open current) {
        if (current.scan().whole()) {
            current.file().require(current.scan().rest(), current.path());
        } else if (current.scan().advance() || !current.file().isAt(current.path())) {
            throw current.file().changed(current.path());
        }
    }

    @Override
    public void close() {
        if (open != null) {
            open.scan().close();
            open = null;
        }
    }
}
