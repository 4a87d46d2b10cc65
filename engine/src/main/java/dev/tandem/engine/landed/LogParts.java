package dev.tandem.engine.landed;

import dev.tandem.engine.Settings;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stage.ReadBlocks;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Reads a landed log up to given end offsets in Spark's tasks, one part after the other in landed order, each small enough for a
 * task to hold it packed.
 */
public record LogParts(SparkRuntime spark, LandedLog log, EndOffsets cut) {
    /** About so many records are on their way at once, for each task. */
    static final int RECORDS = 100_000;

    /** Gives what {@code prepare} makes of each part to {@code sink}. */
    public void read(Function<JavaRDD<Landed>, List<ReadBlocks>> prepare, Consumer<List<ReadBlocks>> sink) {
        read(slices(), prepare, sink);
    }

    /** The same for some slices of the log. */
    void read(
            List<LandedLog.Slice> slices,
            Function<JavaRDD<Landed>, List<ReadBlocks>> prepare,
            Consumer<List<ReadBlocks>> sink) {
        int tasks = spark.tasks();
        for (int from = 0; from < slices.size(); from += tasks) {
            var some = new ArrayList<>(slices.subList(from, Math.min(slices.size(), from + tasks)));
            var landed = landed(some);
            sink.accept(Settings.of(spark.session(), () -> prepare.apply(landed)));
        }
    }

    public List<LandedLog.Slice> slices() {
        long records = records();
        int parts = (int) Math.min(Integer.MAX_VALUE, Math.max(1, (records + RECORDS - 1) / RECORDS));
        return log.slices(cut, parts);
    }

    /** How many records there are up to the end offsets. */
    public long records() {
        return cut.positions().values().stream().mapToLong(Long::longValue).sum();
    }

    /** The records of some slices, each slice a partition. */
    public JavaRDD<Landed> landed(List<LandedLog.Slice> some) {
        var reading = log;
        return JavaSparkContext.fromSparkContext(spark.session().sparkContext())
                .parallelize(some, Math.max(1, some.size()))
                .flatMap(slice -> new SliceReader(reading.read(slice)));
    }
}
