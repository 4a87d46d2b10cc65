package dev.tandem.feed;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder that a feed is dropped into, file by file.
 *
 * @param form how the files are named and what stands above their rows
 * @param rows how many rows a file has; the last one may have fewer
 * @param pace when a file is due, by its first row
 * @param taken other folders whose numbers are used up, searched in depth: an archive above all, as a stream that has read a name once may
 *     never read it again
 * @param truth the file that is told what was written; empty for none
 */
public record FileTarget(Path folder, Form form, int rows, Pace pace, List<Path> taken, Optional<Path> truth) {

    /**
     * The form of the files, which whoever reads them decides.
     *
     * @param prefix the beginning of each file's name, such as {@code events_batch_}; the number follows
     * @param ending of the names, such as {@code csv}
     * @param header the line above the rows; empty for none
     * @param encoding of the files
     */
    public record Form(String prefix, String ending, Optional<String> header, Charset encoding) {}

    public FileTarget {
        taken = List.copyOf(taken);
        if (rows < 1) {
            throw new IllegalArgumentException(
                    "Cannot write files of %d rows: a file needs a row; give at least 1".formatted(rows));
        }
    }
}
