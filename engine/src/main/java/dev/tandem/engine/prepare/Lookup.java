package dev.tandem.engine.prepare;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/** A dimension as the generated class asks it. Called from several threads at once. */
public interface Lookup extends Serializable {
    /** The dimension's columns for the record whose key is {@code key}; a row of nulls where there is none. */
    InternalRow find(InternalRow key);
}
