package dev.tandem.files;

import dev.tandem.fold.LandedLog.ClosingIterator;
import java.io.Serializable;
import java.util.List;

/**
 * The records from one position to another, with all that reading them needs: can be sent to where the work is done, if the files
 * can be reached from there under the same paths.
 */
public final class Stretch implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RecordForm form;
    private final List<KnownFile> files;
    private final long from;
    private final long until;

    /** {@code files} by position; those outside of the stretch are left out. */
    Stretch(RecordForm form, List<KnownFile> files, long from, long until) {
        this.form = form;
        this.files = files.stream()
                .filter(it -> it.records() > 0 && it.end() > from && it.firstPosition() < until)
                .toList();
        this.from = from;
        this.until = until;
    }

    /** The first position. */
    public long from() {
        return from;
    }

    /** The position behind the last. */
    public long until() {
        return until;
    }

    /**
     * In the order of positions. Whoever comes to the last record of a file gets it only when the whole file has proved to be the
     * one that was taken in.
     *
     * @throws FilesException from the iterator, if a file is gone, has changed or cannot be read
     */
    public ClosingIterator<FileRecord> read() {
        return new StretchReader(form, files, from, until);
    }
}
