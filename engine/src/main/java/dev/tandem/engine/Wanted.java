package dev.tandem.engine;

import dev.tandem.fold.Recount.Taken;
import dev.tandem.model.Dedup;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which records a definition's outputs want.
 *
 * @param lastCopies whether a later copy takes the place of the earlier one
 */
record Wanted(Set<Output.What.Kind> kinds, boolean lastCopies) implements Serializable {
    static final Wanted NOTHING = new Wanted(Set.of(), false);

    static Wanted of(Pipeline pipeline) {
        var kinds = pipeline.outputs().stream()
                .map(Output::what)
                .filter(Output.What.Records.class::isInstance)
                .map(what -> ((Output.What.Records) what).kind())
                .collect(Collectors.toSet());
        return new Wanted(
                kinds, pipeline.dedup().map(it -> it.keep() == Dedup.Keep.LAST).orElse(false));
    }

    boolean quarantine() {
        return kinds.contains(Output.What.Kind.QUARANTINE);
    }

    /** Whether the values of a record are asked for. */
    boolean fields() {
        return kinds.contains(Output.What.Kind.EVENTS) || kinds.contains(Output.What.Kind.BRANCH);
    }

    boolean wants(Taken taken) {
        return switch (taken) {
            case COUNTED -> kinds.contains(Output.What.Kind.EVENTS);
            case SPLIT -> kinds.contains(Output.What.Kind.BRANCH);
            case QUARANTINED -> quarantine();
            case DUPLICATE, FILTERED -> false;
        };
    }
}
