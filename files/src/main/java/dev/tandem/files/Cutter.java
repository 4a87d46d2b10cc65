package dev.tandem.files;

import dev.tandem.model.Format;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Cuts the bytes of a file into records. */
interface Cutter extends Closeable {
    /** The longest record, in bytes: what the databases take as one value at their usual settings. */
    int LONGEST = 16 << 20;

    /** The cutter for records of {@code form}. */
    static Cutter of(InputStream source, RecordForm form) {
        return form.layout() == Format.Layout.VALUES ? new ValueCutter(source) : new RecordCutter(source, form);
    }

    /** Goes to the next record; false at the end. */
    boolean advance() throws IOException;

    /** Where the current record begins, in bytes of the source. */
    long offset();

    /** Begins in the middle of a source, at the beginning of a record. */
    void begin();

    byte[] record();
}
