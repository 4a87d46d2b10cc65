/** Blocks of packed bytes: how records, partial results and state travel between tasks and into files. */
@NullMarked
package dev.tandem.fold.block;

import org.jspecify.annotations.NullMarked;
