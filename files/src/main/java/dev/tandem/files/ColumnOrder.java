package dev.tandem.files;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From the order of a file's header to the order of the schema. A reader that goes by place alone takes a file with the columns
 * {@code price,qty} for one with {@code qty,price} and says nothing; here the names decide.
 */
final class ColumnOrder {
    private final byte[] delimiter;
    private final int[] cellOfColumn;
    private final int cellsInFile;
    private final Cells cells;

    private ColumnOrder(byte[] delimiter, int[] cellOfColumn, int cellsInFile) {
        this.delimiter = delimiter;
        this.cellOfColumn = cellOfColumn;
        this.cellsInFile = cellsInFile;
        this.cells = new Cells(delimiter);
    }

    /**
     * Empty where the header is the schema's own order, so that records pass as they are.
     *
     * @throws BadFileException if a column is missing or stands twice
     */
    static Optional<ColumnOrder> of(byte[] header, RecordForm form, String file) {
        var cells = new Cells(form.delimiterBytes());
        cells.split(header);
        var names = cells.texts(header);
        if (names.equals(form.columns())) {
            return Optional.empty();
        }
        var order = form.columns().stream()
                .mapToInt(column -> cellOf(column, names, file))
                .toArray();
        return Optional.of(new ColumnOrder(form.delimiterBytes(), order, names.size()));
    }

    private static int cellOf(String column, List<String> names, String file) {
        int cell = names.indexOf(column);
        if (cell < 0) {
            throw new BadFileException(
                    "Cannot read %s: its header has no column '%s', it has %s; write the column, or take the field out of the schema"
                            .formatted(file, column, told(names)));
        }
        if (names.lastIndexOf(column) != cell) {
            throw new BadFileException(
                    "Cannot read %s: its header has the column '%s' twice, it has %s; leave one out or rename it"
                            .formatted(file, column, told(names)));
        }
        return cell;
    }

    private static String told(List<String> names) {
        var text = String.join(", ", names);
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }

    /**
     * The record's cells in the schema's order, each as it was written, quotes too, so that no order changes what becomes of a
     * cell. A record whose cells cannot be told apart, or are too many or too few, passes as it is; should it happen to have
     * as many as the schema, an empty cell behind the last one sees to it that nobody takes it for a good one.
     */
    byte[] ordered(byte[] record) {
        cells.split(record);
        if (cells.sound() && cells.count() == cellsInFile) {
            return rewritten(record);
        }
        if (cells.count() != cellOfColumn.length) {
            return record;
        }
        var longer = Arrays.copyOf(record, record.length + delimiter.length);
        System.arraycopy(delimiter, 0, longer, record.length, delimiter.length);
        return longer;
    }

    private byte[] rewritten(byte[] record) {
        int length = (cellOfColumn.length - 1) * delimiter.length;
        for (int cell : cellOfColumn) {
            length += cells.length(cell);
        }
        var ordered = new byte[Math.max(0, length)];
        int at = 0;
        for (int column = 0; column < cellOfColumn.length; column++) {
            int cell = cellOfColumn[column];
            if (column > 0) {
                System.arraycopy(delimiter, 0, ordered, at, delimiter.length);
                at += delimiter.length;
            }
            System.arraycopy(record, cells.from(cell), ordered, at, cells.length(cell));
            at += cells.length(cell);
        }
        return ordered;
    }
}
