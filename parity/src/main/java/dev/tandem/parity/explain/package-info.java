/** Explains one row: from the number of the stream to that of the batch, cause by cause and record by record. */
@NullMarked
package dev.tandem.parity.explain;

import org.jspecify.annotations.NullMarked;
