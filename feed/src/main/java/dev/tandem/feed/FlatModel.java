package dev.tandem.feed;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * What a model of flat messages says of its columns, so that each fault knows its place.
 *
 * @param id the column that a missing id empties
 * @param mistyped a column of numbers that can get a word instead
 * @param missing what stands in JSON where the id is missing
 * @param written how its messages write a moment
 */
record FlatModel(
        List<String> columns,
        String id,
        String time,
        String mistyped,
        Cell missing,
        Function<Instant, String> written,
        MessageForm form) {

    /** The columns to name above rows; none above messages. */
    List<String> header() {
        return form == MessageForm.CSV ? columns : List.of();
    }
}
