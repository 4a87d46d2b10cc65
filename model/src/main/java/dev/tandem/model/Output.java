package dev.tandem.model;

import java.util.Optional;

/** Where a view's rows go. */
public sealed interface Output {
    /** Rows upserted by key; {@code table} may contain {@code ${mode}}. */
    record Table(String view, String table, String database) implements Output {
        public String table(Mode mode) {
            return table.replace("${mode}", mode.word());
        }
    }

    /** One message for each emitted row revision. */
    record Topic(String view, String topic, Optional<Mode> only) implements Output {}

    String view();
}
