/** The recount of landed records in both modes, with the records on which the modes differ. */
@NullMarked
package dev.tandem.fold.recount;

import org.jspecify.annotations.NullMarked;
