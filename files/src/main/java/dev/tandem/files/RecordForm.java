package dev.tandem.files;

import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import dev.tandem.model.record.Envelope;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The format of records in a file, as far as splitting needs it.
 *
 * @param columns the names that a header has for the schema's fields, in order; a CSV record is always handed on with its cells
 * in this order
 * @param envelope what is handed on with a record beside its text
 */
public record RecordForm(
        Format.Kind kind, boolean header, char delimiter, Format.InFile inFile, List<String> columns, Envelope envelope)
        implements Serializable {
    public RecordForm {
        columns = columns.stream().map(String::strip).toList();
        if (Character.isSurrogate(delimiter) || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
            throw new FilesException(
                    "Cannot cut records at the delimiter '%s' (U+%04X): it is half a character or has a meaning of its own; use , ; | or a tab"
                            .formatted(delimiter, (int) delimiter));
        }
    }

    /** Of records that are handed on as they are. */
    public RecordForm(Format.Kind kind, boolean header, char delimiter, Format.InFile inFile, List<String> columns) {
        this(kind, header, delimiter, inFile, columns, Envelope.NONE);
    }

    /** Of lines of UTF-8. */
    public RecordForm(Format.Kind kind, boolean header, char delimiter, List<String> columns) {
        this(kind, header, delimiter, Format.InFile.USUAL, columns);
    }

    public RecordForm(Format format, List<String> columns) {
        this(format.kind(), format.header(), format.delimiter(), format.inFile(), columns);
    }

    /** Of the records of {@code schema}. */
    public static RecordForm of(Format format, Schema schema) {
        return new RecordForm(
                format.kind(),
                format.header(),
                format.delimiter(),
                format.inFile(),
                schema.header(),
                Envelope.of(schema));
    }

    boolean csv() {
        return kind == Format.Kind.CSV;
    }

    /** Whether the first line names the columns. */
    boolean named() {
        return csv() && header;
    }

    Format.Layout layout() {
        return inFile.layout();
    }

    /** The delimiter as UTF-8. */
    byte[] delimiterBytes() {
        return String.valueOf(delimiter).getBytes(StandardCharsets.UTF_8);
    }
}
