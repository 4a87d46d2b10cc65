/** A micro-batch of a stream: state by dedup key and by group key, and the driver's side of it. */
@NullMarked
package dev.tandem.fold.stream;

import org.jspecify.annotations.NullMarked;
