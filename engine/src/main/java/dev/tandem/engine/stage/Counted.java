package dev.tandem.engine.stage;

import java.io.Serializable;
import java.util.List;

/** What a partition by group key gives to the driver: its report, and those of partitions by dedup key that it passes on. */
record Counted(PartReport own, List<PartReport> ofKeys) implements Serializable {
    private static final long serialVersionUID = 1L;
}
