package dev.tandem.engine.stream;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.Preparation;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.engine.stage.ClusterStages;
import dev.tandem.engine.stage.LocalStages;
import dev.tandem.engine.stage.StageSetup;
import dev.tandem.engine.stage.Stages;
import dev.tandem.fold.stream.StreamDetail;
import dev.tandem.model.Output;

/**
 * Which fields a stream's records carry, and which details its changes include: no more than its outputs and its landed log need.
 */
record StreamContents(StreamDetail detail, PackedContents packed) {
    /** {@code inTable}: whether records are landed in a table. */
    static StreamContents of(Compiled compiled, boolean inTable) {
        var wanted = compiled.wanted();
        return new StreamContents(
                new StreamDetail(
                        inTable,
                        wanted.kinds().contains(Output.What.Kind.EVENTS),
                        wanted.kinds().contains(Output.What.Kind.BRANCH),
                        inTable || wanted.quarantine()),
                new PackedContents(
                        inTable ? PackedContents.Raw.ALL : PackedContents.Raw.QUARANTINED, inTable, wanted.fields()));
    }
    /** New stages of a stream: with their state in this process, or on the executors of a cluster. */
    Stages stages(SparkRuntime spark, Compiled compiled) {
        boolean local = spark.session().sparkContext().isLocal();
        int parts = local ? spark.cores() : spark.tasks();
        var stage = new StageSetup(compiled.pipeline().name(), compiled.plan(), detail, parts);
        var preparation = new Preparation(compiled, packed, parts);
        return local
                ? new LocalStages(stage, preparation, spark.session())
                : new ClusterStages(stage, preparation, spark.session());
    }
}
