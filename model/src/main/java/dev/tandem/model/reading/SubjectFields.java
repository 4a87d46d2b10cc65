package dev.tandem.model.reading;

/** Who knows the fields of a subject of a schema registry: for definitions that say {@code schema: registry}. */
@FunctionalInterface
public interface SubjectFields {
    /** The fields in the words of a definition, as in {@code id STRING, at TIMESTAMP}, after the latest version of {@code subject}. */
    String of(String subject);
}
