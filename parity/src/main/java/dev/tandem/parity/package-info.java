/** Compares a stream with a batch, explains every difference, and reports the verdict. */
@NullMarked
package dev.tandem.parity;

import org.jspecify.annotations.NullMarked;
