package dev.tandem.app.init;

import dev.tandem.model.FieldType;
import dev.tandem.model.Schema;
import dev.tandem.model.record.MalformedRecordException;
import dev.tandem.model.record.RecordParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of CSV records, all as text, as Tandem's own parser has them. */
final class CsvColumns {
    private CsvColumns() {}

    static List<Column> of(Sample sample) {
        var names = sample.names();
        var fields = new ArrayList<Schema.Field>();
        for (int cell = 0; cell < names.size(); cell++) {
            fields.add(new Schema.Field("c" + cell, FieldType.TEXT, false));
        }
        var parser = new RecordParser(new Schema(fields), sample.format());
        var cells = new @Nullable Cell[names.size()][sample.size()];
        for (int record = 0; record < sample.size(); record++) {
            read(parser, sample.records().get(record).bytes(), cells, record);
        }
        var columns = new ArrayList<Column>();
        for (int cell = 0; cell < names.size(); cell++) {
            columns.add(new Column(List.of(names.get(cell)), cells[cell]));
        }
        return columns;
    }

    /** A malformed record has no cells; it is counted when the whole schema is read. */
    private static void read(RecordParser parser, byte[] bytes, @Nullable Cell[][] cells, int record) {
        try {
            var values = parser.parse(bytes);
            for (int cell = 0; cell < values.length; cell++) {
                cells[cell][record] = values[cell] == null ? null : Cell.text((String) values[cell]);
            }
        } catch (MalformedRecordException malformed) {
            // Without cells.
        }
    }
}
