package dev.tandem.model;

import java.util.List;

/** Where records come from. */
public sealed interface Source {
    /** A Kafka topic whose values are JSON objects. */
    record Kafka(String topic, Landing landing) implements Source {}

    /** The table that keeps each record as it arrived, with its coordinates; {@code key} names the fields stored beside the bytes. */
    record Landing(String table, String database, List<String> key) {
        public Landing {
            key = List.copyOf(key);
        }
    }

    Landing landing();
}
