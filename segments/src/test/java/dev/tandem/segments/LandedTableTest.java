package dev.tandem.segments;

import dev.tandem.fold.Changes;
import dev.tandem.fold.Changes.Duplicate;
import dev.tandem.fold.Fates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.StreamLedger.Entry;
import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.Ddl;
import dev.tandem.store.JdbcLandedLog;
import dev.tandem.store.JdbcStreamLedger;
import dev.tandem.store.Layout;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** The log's other home, a table, under the same contract. */
class LandedTableTest extends LandedLogContract {
    private static final Layout LAYOUT = Layout.of(DefinitionReader.parse("""
            pipeline: orders
            time: { event: at }
            source: { kafka: orders, land: { table: order_raw, in: sqlite } }
            schema: at TIMESTAMP
            steps:
              - watermark: { delay: 2 minutes }
            views:
              ever: { measures: { orders: count(*) } }
            outputs:
              - { view: ever, table: "${mode}_ever", in: sqlite }
            """, "sample"), List.of(), List.of());

    @TempDir
    private Path folder;

    @Override
    LandedLog landed(List<Given> records) {
        var address = new DatabaseAddress.Sqlite(folder.resolve("store.db"));
        Ddl.create(address, LAYOUT);
        var writer = new JdbcStreamLedger.Writer("run1", "the test");
        try (var ledger = new JdbcStreamLedger(address, LAYOUT, writer, Clock.systemUTC())) {
            ledger.takeOver();
            Given.byMicroBatch(records)
                    .forEach((number, those) ->
                            ledger.commit(changes(number, those), new Entry("q", number, ranges(those), 1, 1)));
        }
        return new JdbcLandedLog(address, LAYOUT);
    }

    private static Map<Integer, Range> ranges(List<Given> records) {
        var ranges = new HashMap<Integer, Range>();
        Given.byPartition(records)
                .forEach((partition, those) -> ranges.put(
                        partition,
                        new Range(
                                those.get(0).at().position(),
                                those.get(those.size() - 1).at().position() + 1)));
        return ranges;
    }

    private static Changes changes(long number, List<Given> records) {
        var fates = new HashMap<Integer, Fates>();
        Given.byPartition(records)
                .forEach((partition, those) -> fates.put(
                        partition,
                        new Fates(
                                those.size(),
                                prepared(those, Landed.As.KEPT).size(),
                                prepared(those, Landed.As.QUARANTINED).size(),
                                prepared(those, Landed.As.DUPLICATE).size(),
                                0,
                                0,
                                0,
                                0)));
        return new Changes(
                number,
                Watermarks.NONE,
                prepared(records, Landed.As.KEPT),
                prepared(records, Landed.As.QUARANTINED),
                prepared(records, Landed.As.DUPLICATE).stream()
                        .map(it -> new Duplicate(it, Given.FIRST))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                fates,
                0,
                0,
                Set.of());
    }

    private static List<Prepared> prepared(List<Given> records, Landed.As as) {
        return records.stream()
                .filter(it -> it.as() == as)
                .map(LandedTableTest::prepared)
                .toList();
    }

    private static Prepared prepared(Given record) {
        boolean refused = record.as() == Landed.As.QUARANTINED;
        return new Prepared(
                record.at(),
                record.arrivedMillis(),
                new Prepared.Raw(record.bytes()),
                refused ? Optional.of(new Prepared.Rejection("broken", "no object")) : Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
