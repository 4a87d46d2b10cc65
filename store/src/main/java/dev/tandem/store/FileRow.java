package dev.tandem.store;

import java.time.Instant;

/**
 * One file that was taken in.
 *
 * @param number counts from 0 in the order of taking in
 * @param name relative to the folder
 * @param sha256 of its bytes, in hex
 * @param firstPosition the position of its first record in the log
 * @param records how many it holds, unreadable ones too
 * @param arrived when it was taken in; the arrival time of its records
 */
public record FileRow(
        long number, String name, long bytes, String sha256, long firstPosition, long records, Instant arrived) {}
