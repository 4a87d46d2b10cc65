package dev.tandem.testkit.oracle;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Correct rows with one thing wrong, in each way that fits any table: a row lost, a row doubled, a cell of each column changed. */
final class Mistakes {
    private Mistakes() {}

    static Map<String, Rows> of(Rows right, SplittableRandom random) {
        int row = random.nextInt(right.cells().size());
        var wrong = new LinkedHashMap<String, Rows>();
        var lost = new ArrayList<>(right.cells());
        lost.remove(row);
        wrong.put("row lost", new Rows(right.columns(), lost));
        var doubled = new ArrayList<>(right.cells());
        doubled.add(right.cells().get(row));
        wrong.put("row doubled", new Rows(right.columns(), doubled));
        var instead = new ArrayList<>(right.cells());
        instead.set(row, right.cells().get((row + 1) % instead.size()));
        if (instead.size() > 1) {
            wrong.put("row twice for another", new Rows(right.columns(), instead));
        }
        for (int column = 0; column < right.columns().size(); column++) {
            wrong.put("changed " + right.columns().get(column), changed(right, row, column));
        }
        return wrong;
    }

    private static Rows changed(Rows right, int row, int column) {
        List<List<@Nullable String>> rows = new ArrayList<>(right.cells());
        List<@Nullable String> cells = new ArrayList<>(right.cells().get(row));
        cells.set(column, changed(cells.get(column)));
        rows.set(row, cells);
        return new Rows(right.columns(), rows);
    }

    /** A day or a window of ten minutes further, a cent more, another text. */
    private static String changed(@Nullable String cell) {
        if (cell == null) {
            return "7";
        }
        if (cell.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return java.time.LocalDate.parse(cell).plusDays(1).toString();
        }
        if (cell.matches("\\d{4}-\\d\\d-\\d\\d .*")) {
            return Timestamp.valueOf(Timestamp.valueOf(cell).toLocalDateTime().plusMinutes(10))
                    .toString();
        }
        return cell.matches("-?\\d+(\\.\\d+)?")
                ? new BigDecimal(cell).add(new BigDecimal("0.01")).toPlainString()
                : cell + "x";
    }
}
