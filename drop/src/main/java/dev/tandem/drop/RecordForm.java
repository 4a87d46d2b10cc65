package dev.tandem.drop;

import dev.tandem.model.Format;
import java.io.Serializable;
import java.util.List;

/**
 * How records stand in a file: what cutting them needs to know of the format, and no more.
 *
 * @param columns the schema's field names, in order; a CSV record is always handed on with its cells in this order
 */
public record RecordForm(Format.Kind kind, boolean header, char delimiter, List<String> columns)
        implements Serializable {
    private static final char LAST_ASCII = 0x7F;

    public RecordForm {
        columns = List.copyOf(columns);
        if (delimiter > LAST_ASCII || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
            throw new DropException(
                    "Cannot cut records at the delimiter '%s' (U+%04X): it is no ASCII character or has a meaning of its own; use , ; | or a tab"
                            .formatted(delimiter, (int) delimiter));
        }
    }

    public RecordForm(Format format, List<String> columns) {
        this(format.kind(), format.header(), format.delimiter(), columns);
    }

    boolean csv() {
        return kind == Format.Kind.CSV;
    }

    /** Whether the first line names the columns. */
    boolean named() {
        return csv() && header;
    }
}
