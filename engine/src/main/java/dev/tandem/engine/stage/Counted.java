package dev.tandem.engine.stage;

import java.io.Serializable;
import java.util.List;

/** What a partition by group key gives to the driver: its report, and those that it was given. */
record Counted(PartReport own, List<PartReport> given) implements Serializable {
    private static final long serialVersionUID = 1L;
}
