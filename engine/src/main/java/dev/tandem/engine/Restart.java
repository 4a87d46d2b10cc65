package dev.tandem.engine;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Rebuilding;
import dev.tandem.fold.StreamFold;
import dev.tandem.fold.StreamLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Rebuilds a stream's state from what it landed, piece by piece so that it never needs more memory than a micro-batch. */
final class Restart {
    private static final int PIECE = 50_000;

    private final SparkRuntime spark;
    private final StreamRun.Setup setup;
    private final Preparation preparation;

    Restart(SparkRuntime spark, StreamRun.Setup setup, Preparation preparation) {
        this.spark = spark;
        this.setup = setup;
        this.preparation = preparation;
    }

    StreamFold fold(StreamLedger.Resumption from) {
        var fold = new StreamFold(setup.compiled().plan());
        if (from.lastNumber() == 0) {
            return fold;
        }
        var rebuilding = new Rebuilding(fold, from.watermarks(), from.lastNumber(), from.last(), from.highestEvent());
        long reach = setup.compiled().plan().reachMicros();
        long close = from.last().close();
        boolean everything = reach == Long.MAX_VALUE || close == Long.MIN_VALUE;
        try (var landed = setup.history().keptSince(everything ? Long.MIN_VALUE : close - reach)) {
            var piece = new ArrayList<Landed>();
            while (landed.hasNext()) {
                piece.add(landed.next());
                if (piece.size() == PIECE || !landed.hasNext()) {
                    replay(piece, rebuilding);
                    piece.clear();
                }
            }
        }
        for (var shape : setup.compiled().shapes()) {
            for (var row : setup.history().openRows(shape)) {
                rebuilding.revision(shape.name(), row.window(), row.key(), row.revision());
            }
        }
        rebuilding.done();
        return fold;
    }

    private void replay(List<Landed> piece, Rebuilding rebuilding) {
        var microBatches = new HashMap<Coordinates, Long>();
        piece.forEach(landed -> microBatches.put(landed.at(), landed.microBatch()));
        var context = JavaSparkContext.fromSparkContext(spark.session().sparkContext());
        var landed = context.parallelize(new ArrayList<>(piece));
        var records = Settings.of(spark.session(), () -> preparation.collect(landed));
        records.sort(Comparator.comparingLong((Prepared record) -> microBatches.getOrDefault(record.at(), 0L))
                .thenComparing(Prepared::at));
        for (var record : records) {
            rebuilding.replay(record, microBatches.getOrDefault(record.at(), 0L));
        }
    }
}
