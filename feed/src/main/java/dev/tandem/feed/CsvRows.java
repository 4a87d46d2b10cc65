package dev.tandem.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** A table with a header, row by row as JSON of texts or as rows again. */
record CsvRows(Path file, RecordedForm form) implements RowFormat<CsvRows.Row> {

    /** Takes what it can of a broken row: one stray quote must not end the reading of a file. */
    private static final CSVFormat TABLE = CSVFormat.DEFAULT
            .builder()
            .setTrailingData(true)
            .setLenientEof(true)
            .get();

    record Row(Header header, List<String> fields) {
        /** Empty where there is no such column or its cell is empty. */
        Optional<String> field(String column) {
            int cell = header.columns().indexOf(column);
            return cell < 0 ? Optional.empty() : Optional.of(fields.get(cell)).filter(text -> !text.isEmpty());
        }
    }

    record Header(List<String> columns) {}

    @Override
    public Stream<Row> rows(InputStream bytes) throws IOException {
        var fields = TABLE.parse(new InputStreamReader(bytes, StandardCharsets.UTF_8)).stream()
                .map(CSVRecord::toList)
                .iterator();
        var header = header(fields.hasNext() ? fields.next() : List.of());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(fields, Spliterator.ORDERED), false)
                .map(row -> new Row(header, row));
    }

    @Override
    public List<String> columns(InputStream bytes) throws IOException {
        if (form.rows() == RecordedForm.Rows.AS_JSON) {
            return List.of();
        }
        var rows = TABLE.parse(new InputStreamReader(bytes, StandardCharsets.UTF_8))
                .iterator();
        return header(rows.hasNext() ? rows.next().toList() : List.of()).columns();
    }

    private Header header(List<String> names) {
        var columns =
                names.stream().map(name -> name.replace("\uFEFF", "").strip()).toList();
        form.time().filter(needed -> !columns.contains(needed)).ifPresent(needed -> {
            throw new FeedException(
                    "Cannot read %s: there is no column '%s'; name one of %s".formatted(file, needed, columns));
        });
        return new Header(columns);
    }

    @Override
    public Read read(Row row) {
        if (row.fields().size() != row.header().columns().size()) {
            return Read.raw(line(row.fields()));
        }
        return new Read(Read.id(form.id(), row::field), time(row), message(row));
    }

    private Optional<Instant> time(Row row) {
        return form.time().flatMap(row::field).flatMap(WrittenTime::read);
    }

    private byte[] message(Row row) {
        var cells = new ArrayList<Cell>();
        row.fields().forEach(text -> cells.add(text.isEmpty() ? Cell.NOTHING : Cell.text(text)));
        return form.rows() == RecordedForm.Rows.AS_JSON
                ? FlatEvent.json(row.header().columns(), cells)
                : FlatEvent.row(cells);
    }

    /** The row as a line again: the library gives fields, and quarantine wants to show what stood there. */
    private static byte[] line(List<String> fields) {
        return TABLE.format(fields.toArray()).getBytes(StandardCharsets.UTF_8);
    }
}
