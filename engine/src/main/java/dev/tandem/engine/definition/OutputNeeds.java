package dev.tandem.engine.definition;

import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;

/** Which records a definition's outputs want. */
public record OutputNeeds(Set<Output.What.Kind> kinds) implements Serializable {
    static OutputNeeds of(Pipeline pipeline) {
        return new OutputNeeds(pipeline.outputs().stream()
                .map(Output::what)
                .filter(Output.What.Records.class::isInstance)
                .map(what -> ((Output.What.Records) what).kind())
                .collect(Collectors.toSet()));
    }

    public boolean quarantine() {
        return kinds.contains(Output.What.Kind.QUARANTINE);
    }

    /** Whether the values of a record are asked for. */
    public boolean fields() {
        return kinds.contains(Output.What.Kind.EVENTS) || kinds.contains(Output.What.Kind.BRANCH);
    }
}
