/** Blocks of packed bytes that stages of a Spark job send to each other, and chunks that the driver fetches from the last one. */
@NullMarked
package dev.tandem.engine.shuffle;

import org.jspecify.annotations.NullMarked;
