package dev.tandem.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The schemas that the writers of Avro records used, by id. An answer never changes: a record must mean the same whenever it is read
 * again. Serializable, because records are read where the work is done.
 */
public interface WriterSchemas extends Serializable {
    /**
     * The text of a schema, behind those that it refers to; empty if there is no Avro schema of this id. Throws a runtime exception of
     * its own if the answer cannot be had now.
     */
    Optional<List<String>> texts(int id);
}
