/** The logs that a stream reads: positions for Spark on the driver, and ranges of records for the tasks. */
@NullMarked
package dev.tandem.engine.source;

import org.jspecify.annotations.NullMarked;
