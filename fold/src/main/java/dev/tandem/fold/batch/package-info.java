/** A batch run: the same counting without watermarks, in parts by dedup key and by group key. */
@NullMarked
package dev.tandem.fold.batch;

import org.jspecify.annotations.NullMarked;
