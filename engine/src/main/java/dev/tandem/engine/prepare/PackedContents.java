package dev.tandem.engine.prepare;

import java.io.Serializable;

/**
 * What a packed record carries besides the rows for the views.
 *
 * @param landKey whether it has the values of the landing table's key
 * @param fields whether it has the fields that outputs of records want
 */
public record PackedContents(Raw raw, boolean landKey, boolean fields) implements Serializable {
    /** Everything, as a record's row outputs and its landing table need it. */
    public static final PackedContents ALL = new PackedContents(Raw.ALL, true, true);

    /** Which records carry the bytes as they arrived. */
    public enum Raw {
        NONE,
        QUARANTINED,
        ALL
    }
}
