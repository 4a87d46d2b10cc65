package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import java.util.Optional;

/** Parquet files whose rows say where they stand: in the columns {@value #FILE} and {@value #ROW}, counted from 0. */
public final class ParquetRows implements Side {
    public static final String FILE = "tandem_file";
    public static final String ROW = "file_row_number";

    private final FileSide files;

    private ParquetRows(FileSide files) {
        this.files = files;
    }

    /** A file, a folder of files, or a pattern. */
    public static ParquetRows of(String path, TableReference.Surroundings surroundings) {
        var given = new TableReference("parquet:" + path, Optional.empty(), surroundings);
        return new ParquetRows(FileSide.recognise(given).orElseThrow());
    }

    @Override
    public String shown() {
        return files.shown();
    }

    /** Values of partition folders are text: a guess would turn the product 007 into 7. */
    @Override
    public Reading read(Duck duck, String table) {
        var found = files.files(duck).stream()
                .filter(file -> FileSide.Format.of(file).isEmpty()
                        || FileSide.Format.of(file).get() == FileSide.Format.PARQUET)
                .toList();
        try {
            duck.run(
                    "CREATE VIEW %s AS SELECT * FROM read_parquet(%s, union_by_name = true, filename = %s, file_row_number = true, hive_types_autocast = false)"
                            .formatted(table, Sql.texts(found), Sql.text(FILE)));
        } catch (DiffException e) {
            throw DiffException.surroundings("Cannot read %s: %s".formatted(shown(), e.getMessage()), e);
        }
        return new Reading(FileSide.consistency(found), Typing.DECLARED);
    }
}
