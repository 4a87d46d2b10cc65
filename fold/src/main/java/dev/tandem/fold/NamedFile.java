package dev.tandem.fold;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A file of the landed log as the ledger names it. A file that no ledger row names is not part of the log.
 *
 * @param name relative to the folder of the log, with {@code /} between its parts
 * @param checksum CRC-32C of all its bytes
 * @param records the number of its rows
 * @param partition the source partition of a segment; the dedup partition of a file of fates; 0 for merged segments
 * @param from the first position of the source range of a segment, or the number of the first of merged micro-batches (included); 0
 *     for a file of fates
 * @param until the end of that range (not included); 0 for a file of fates
 */
public record NamedFile(
        String name, Kind kind, long bytes, long checksum, long records, int partition, long from, long until)
        implements Serializable {
    /** What a file holds. */
    public enum Kind {
        /** The records of one source range. */
        SEGMENT("segment"),
        /** What became known of records after their segment was written: duplicates and late records. */
        FATES("fates"),
        /** The records of several micro-batches in landed order, in the place of their segments. */
        MERGED("merged");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that the ledger stores. */
        public String word() {
            return word;
        }

        public static Kind ofWord(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Cannot read a file of kind '%s': this version of Tandem knows only %s"
                                    .formatted(word, Arrays.toString(values()))));
        }
    }
}
