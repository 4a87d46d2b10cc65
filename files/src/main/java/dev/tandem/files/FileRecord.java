package dev.tandem.files;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Prepared.Raw;

/**
 * A record of a file.
 *
 * @param at partition 0 and the record's position among all records ever taken in
 * @param arrivedMillis when its file was taken in, milliseconds since 1970
 * @param raw its text without the line end, in an envelope where the definition reads more
 */
public record FileRecord(Coordinates at, long arrivedMillis, Raw raw) {}
