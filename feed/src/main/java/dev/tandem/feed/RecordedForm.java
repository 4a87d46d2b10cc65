package dev.tandem.feed;

import java.util.List;
import java.util.Optional;

/**
 * How a recorded file is sent.
 *
 * @param rows what becomes of CSV rows; JSON lines go out unchanged either way
 * @param id the fields that together are the record's id and key; empty for none. A record that lacks one of them has no id
 * @param time the field that says when it happened (ISO 8601, or {@code yyyy-MM-dd HH:mm:ss} in UTC); empty for none
 */
public record RecordedForm(Rows rows, List<String> id, Optional<String> time) {

    public RecordedForm {
        id = List.copyOf(id);
    }

    public enum Rows {
        /** A JSON object by the names of the header: every value a text, an empty cell null. */
        AS_JSON,
        /** A row again, under the header's columns. */
        UNCHANGED
    }

    /** JSON messages, without an id and without a time. */
    public static RecordedForm json() {
        return new RecordedForm(Rows.AS_JSON, List.of(), Optional.empty());
    }

    /** CSV rows as they are, without an id and without a time. */
    public static RecordedForm unchanged() {
        return new RecordedForm(Rows.UNCHANGED, List.of(), Optional.empty());
    }

    public RecordedForm withId(List<String> fields) {
        return new RecordedForm(rows, fields, time);
    }

    public RecordedForm withTime(String field) {
        return new RecordedForm(rows, id, Optional.of(field));
    }
}
