/** A file drop as a streaming source of Spark, through Spark's own interface for sources. */
@NullMarked
package dev.tandem.engine.files;

import org.jspecify.annotations.NullMarked;
