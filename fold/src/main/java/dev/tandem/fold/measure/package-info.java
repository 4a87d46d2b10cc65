/** Accumulators: the measures of a view while they are being computed. */
@NullMarked
package dev.tandem.fold.measure;

import org.jspecify.annotations.NullMarked;
