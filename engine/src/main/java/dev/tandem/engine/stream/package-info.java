/** A stream run: micro-batches, commits, saved state, restart and rebuild. */
@NullMarked
package dev.tandem.engine.stream;

import org.jspecify.annotations.NullMarked;
