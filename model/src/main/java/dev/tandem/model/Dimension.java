package dev.tandem.model;

import java.util.List;

/**
 * A slowly changing table that records are joined with by key. It is read whole when a run starts; its version is the hash of
 * what was read, and a number made with another version is a cause of its own.
 *
 * @param file the CSV or JSON lines that hold it
 * @param key the fields that identify a row; a record has fields of the same names
 */
public record Dimension(String name, String file, Format format, List<String> key, Schema schema) {
    public Dimension {
        key = List.copyOf(key);
    }
}
