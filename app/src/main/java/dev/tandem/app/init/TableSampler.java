package dev.tandem.app.init;

import dev.tandem.app.init.Sample.Sampled;
import dev.tandem.diff.side.RowSample;
import dev.tandem.diff.side.TableReference;
import dev.tandem.model.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Samples rows of a database table or query, as JSON objects. */
final class TableSampler {
    private final TableReference given;
    private final int most;
    private final Path scratch;

    TableSampler(TableReference given, int most, Path scratch) {
        this.given = given;
        this.most = most;
        this.scratch = scratch;
    }

    Sample sample() {
        var rows = RowSample.of(given, most, scratch).stream()
                .map(it -> new Sampled(it, OptionalLong.empty()))
                .toList();
        var shown = RowSample.masked(given.address());
        if (rows.isEmpty()) {
            throw InitException.question(
                    "Cannot propose anything from %s: it has no rows; give a table that has some".formatted(shown));
        }
        var place =
                new Sample.Place.InTable(shown, RowSample.table(given.address()).orElse("query"));
        return new Sample(
                place,
                Format.JSON,
                List.of(),
                rows,
                List.of("rows of a table have no order of arrival, so lateness was not measured"));
    }
}
