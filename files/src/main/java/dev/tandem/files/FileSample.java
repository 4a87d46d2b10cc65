package dev.tandem.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first records of files, split as a {@link FolderLog} would split them but not taken in: enough to show what the files hold.
 * A file is read no further than the sample needs, so its size does not matter.
 */
public final class FileSample {
    private FileSample() {}

    /** The files that {@code where} means, in the order in which they would be read; throws {@link FilesException} if there are none. */
    public static List<Path> files(String where, Intake intake) {
        return NamedFiles.of(where, intake).files();
    }

    /**
     * At most {@code most} records from the beginning of {@code file}. With a header, CSV cells come in the order of the form's columns.
     *
     * @throws FilesException if it is not a file of such records, or its header lacks a column
     */
    public static List<byte[]> records(Path file, RecordForm form, int most) {
        var records = new ArrayList<byte[]>();
        try (var scan = FileScan.open(file, form)) {
            while (records.size() < most && scan.advance()) {
                records.add(scan.record());
            }
            if (records.size() == 1) {
                ReturnsAlone.refuse(records.get(0), form.kind());
            }
        } catch (NoSuchFileException e) {
            throw FileScan.unreadable(file, e);
        } catch (UnfitFileException e) {
            throw FileScan.unreadable(file, e);
        }
        return records;
    }

    /** The cells of one CSV record as text, without quotes and surrounding blanks. */
    public static List<String> cells(byte[] record, RecordForm form) {
        var cells = new Cells(form.delimiterBytes());
        cells.split(record);
        return cells.texts(record);
    }

    /** When {@code file} was last changed, in milliseconds since 1970: the arrival time of its records in a batch over files. */
    public static long changedMillis(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw FileScan.unreadable(file, e);
        }
    }
}
