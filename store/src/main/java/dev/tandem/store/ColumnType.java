package dev.tandem.store;

import dev.tandem.model.FieldType;

/** What a column of ours holds: a definition's types, and three more that only the store needs. */
sealed interface ColumnType {
    record Of(FieldType type) implements ColumnType {}

    /** Text of at most 64 characters, short enough for a key. */
    record Name() implements ColumnType {}

    /** A record's bytes, up to 16 MiB. */
    record Bytes() implements ColumnType {}

    /** The 16 bytes of an {@link dev.tandem.fold.Identity}. */
    record Digest() implements ColumnType {}

    ColumnType NAME = new Name();
    ColumnType BYTES = new Bytes();
    ColumnType DIGEST = new Digest();
    ColumnType TEXT = new Of(new FieldType.Text());
    ColumnType WHOLE = new Of(new FieldType.Whole(64));
    ColumnType SMALL = new Of(new FieldType.Whole(32));
    ColumnType TIME = new Of(new FieldType.Timestamp());
    ColumnType TRUTH = new Of(new FieldType.Truth());
}
