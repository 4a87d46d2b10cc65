package dev.tandem.app.run;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.TraitSearch;
import dev.tandem.engine.landed.TraitSearch.FirstOf;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.files.Inventory;
import dev.tandem.fold.Lateness;
import dev.tandem.parity.traits.CommonTraits;
import dev.tandem.parity.traits.CommonTraits.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds what the records have in common that the stream refused. */
final class CommonJob {
    private final SparkRuntime spark;
    private final Compiled compiled;
    private final PipelineStore store;

    CommonJob(SparkRuntime spark, Compiled compiled, PipelineStore store) {
        this.spark = spark;
        this.compiled = compiled;
        this.store = store;
    }

    CommonTraits run(TraitSearch.Kind kind) {
        var name = compiled.pipeline().name();
        store.definition().requireSame("tell what records have in common of");
        var last = store.ledgerReader()
                .lastCut()
                .orElseThrow(() -> ComparedRuns.missing(name, "tell what records have in common of", "stream"));
        var lateness = new Lateness(compiled.plan(), store.ledgerReader().watermarks());
        var found = new TraitSearch(spark, compiled, store.log()).of(kind, last, lateness, files());
        var counted = new ArrayList<Counted>();
        found.counts()
                .forEach((trait, count) ->
                        counted.add(new Counted(trait.name(), trait.value(), count.refused(), count.all())));
        return CommonTraits.of(found.refused(), found.all(), found.tested(), counted);
    }

    private List<FirstOf> files() {
        if (compiled.pipeline().source().asFiles().isEmpty()) {
            return List.of();
        }
        return store.inventory().entries().stream()
                .sorted(Comparator.comparingLong(Inventory.Entry::firstPosition))
                .map(it -> new FirstOf(it.firstPosition(), it.name()))
                .toList();
    }
}
