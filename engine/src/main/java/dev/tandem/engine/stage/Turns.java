package dev.tandem.engine.stage;

import java.io.Serializable;

/** The turns of the partitions of either kind; all of a kind change together. */
record Turns(Turn keys, Turn groups) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Those of partitions that do not exist yet. */
    static Turns none(String pipeline, long generation) {
        var none = new Turn(pipeline, generation, 0);
        return new Turns(none, none);
    }

    Turn of(StateKind kind) {
        return switch (kind) {
            case KEYS -> keys;
            case GROUPS -> groups;
        };
    }

    Turns nextOfKeys() {
        return new Turns(keys.next(), groups);
    }

    Turns next() {
        return new Turns(keys.next(), groups.next());
    }
}
