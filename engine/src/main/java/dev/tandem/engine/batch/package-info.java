/** The stages of a batch: Spark tasks that decide records by dedup key and count groups by group key, one part at a time. */
@NullMarked
package dev.tandem.engine.batch;

import org.jspecify.annotations.NullMarked;
