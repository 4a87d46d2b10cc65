package dev.tandem.app.run;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.TraitSearch;
import dev.tandem.engine.landed.TraitSearch.FirstOf;
import dev.tandem.engine.landed.TraitSearch.Found;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.files.Inventory;
import dev.tandem.fold.Lateness;
import dev.tandem.parity.traits.CommonTraits;
import dev.tandem.parity.traits.CommonTraits.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

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
        var found = new TraitSearch(spark, compiled, store.log()).of(last, lateness, files(compiled, store));
        return common(Objects.requireNonNull(found.get(kind)));
    }

    /** By the word for each kind, of those that have records. */
    static Map<String, CommonTraits> common(Map<TraitSearch.Kind, Found> found) {
        var common = new LinkedHashMap<String, CommonTraits>();
        found.forEach((kind, its) -> {
            if (its.refused() > 0) {
                common.put(kind.name().toLowerCase(Locale.ROOT), common(its));
            }
        });
        return common;
    }

    private static CommonTraits common(Found found) {
        var counted = new ArrayList<Counted>();
        found.counts()
                .forEach((trait, count) ->
                        counted.add(new Counted(trait.name(), trait.value(), count.refused(), count.all())));
        return CommonTraits.of(found.refused(), found.all(), found.tested(), counted);
    }

    /** The files of the log in the order of their positions; none for a topic. */
    static List<FirstOf> files(Compiled compiled, PipelineStore store) {
        if (compiled.pipeline().source().asFiles().isEmpty()) {
            return List.of();
        }
        return store.inventory().entries().stream()
                .sorted(Comparator.comparingLong(Inventory.Entry::firstPosition))
                .map(it -> new FirstOf(it.firstPosition(), it.name()))
                .toList();
    }
}
