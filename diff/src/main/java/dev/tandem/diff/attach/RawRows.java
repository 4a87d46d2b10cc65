package dev.tandem.diff.attach;

import dev.tandem.diff.attach.LogShape.Arrival;
import dev.tandem.diff.attach.LogShape.LogFile;
import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.side.ParquetRows;
import dev.tandem.diff.side.Side;
import dev.tandem.model.Schema;
import dev.tandem.model.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows of a table or of Parquet files as the log of an {@link Attachment}. DuckDB puts them in the order of their arrival and writes each as
 * a line for {@link ArrivedLines}: so they take the way of every other record from then on.
 */
public final class RawRows {
    private static final String ROWS = "raw_rows";
    /** JSON has no such letter, so nothing is quoted. */
    private static final String LINES = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u0001'";

    private final Source.Rows source;
    private final Side side;

    /** @param side what {@code source} names, found */
    public RawRows(Source.Rows source, Side side) {
        this.source = source;
        this.side = side;
    }

    /** Writes what {@code schema} reads of the rows into {@code file}. */
    public LogShape write(Schema schema, Duck duck, Path file) {
        side.read(duck, ROWS);
        var columns = new ForeignColumns(duck, ROWS, shown(), Map.of());
        var json = new RowJson(shown(), duck.columns(ROWS)).of(schema);
        var arrived = source.arrived().map(name -> arrived(duck, columns, name));
        var order = Stream.of(
                        arrived.stream(),
                        source.order().stream()
                                .map(name -> found(columns, name, "order_by").sql()),
                        ofFiles() ? Stream.of(ParquetRows.FILE, ParquetRows.ROW) : Stream.of("rowid"))
                .flatMap(terms -> terms)
                .collect(Collectors.joining(", "));
        var line = arrived.map("(%s // 1000) || ' ' || "::formatted).orElse("") + json;
        duck.run("COPY (SELECT %s FROM %s ORDER BY %s) TO %s (%s)"
                .formatted(line, ROWS, order, Sql.text(file.toString()), LINES));
        var shape = shape(duck);
        duck.run((ofFiles() ? "DROP VIEW " : "DROP TABLE ") + ROWS);
        return shape;
    }

    private boolean ofFiles() {
        return source.place().fold(table -> false, files -> true);
    }

    private String shown() {
        return source.place().fold(table -> "%s in %s".formatted(table.table(), side.shown()), files -> side.shown());
    }

    /** What nothing but the files puts in order came file by file; of a table all rows stand in one. */
    private LogShape shape(Duck duck) {
        if (ofFiles() && source.arrived().isEmpty() && source.order().isEmpty()) {
            return LogShape.ofFiles(shown(), files(duck));
        }
        return new LogShape(
                shown(), 1, List.of(whole(duck)), source.arrived().isPresent() ? Arrival.TIMED : Arrival.ORDERED);
    }

    private ForeignColumns.Found found(ForeignColumns columns, String name, String key) {
        return columns.find(name)
                .orElseThrow(() -> DiffException.question("Cannot read %s: it has no column '%s', only %s; correct '%s'"
                        .formatted(shown(), name, columns.names(), key)));
    }

    /** Microseconds since 1970. Every row has its own: a row without one has no place in the order. */
    private String arrived(Duck duck, ForeignColumns columns, String name) {
        var column = found(columns, name, "arrived_at");
        var micros = micros(column);
        long without = duck.number("SELECT count(*) FROM %s WHERE (%s) IS NULL".formatted(ROWS, micros));
        if (without > 0) {
            throw DiffException.question(
                    "Cannot put %s in the order of arrival: '%s' of %,d rows is null or no time; correct these rows, or give 'order_by' in the place of 'arrived_at'"
                            .formatted(shown(), name, without));
        }
        return "(" + micros + ")";
    }

    /** SQLite says of no column what it holds, so its numbers come as text. */
    private String micros(ForeignColumns.Found column) {
        var micros = column.micros(source.format().zone());
        if (!column.type().equals("VARCHAR")) {
            return micros;
        }
        var number = new ForeignColumns.Found("TRY_CAST(%s AS BIGINT)".formatted(column.sql()), "BIGINT");
        return "coalesce(%s, %s)".formatted(number.micros(Optional.empty()), micros);
    }

    /** A table is shown as if it were one file: its records are counted in the order of their arrival. */
    private LogFile whole(Duck duck) {
        var name = source.place().fold(Source.Rows.Place.Table::table, files -> side.shown());
        return new LogFile(name, duck.number("SELECT count(*) FROM " + ROWS));
    }

    private static List<LogFile> files(Duck duck) {
        return duck.list(
                "SELECT %1$s, sum(count(*)) OVER (ORDER BY %1$s) FROM %2$s GROUP BY %1$s ORDER BY %1$s"
                        .formatted(ParquetRows.FILE, ROWS),
                row -> new LogFile(Path.of(row.getString(1)).getFileName().toString(), row.getLong(2)));
    }
}
