/** Matching columns and comparing rows. */
@NullMarked
package dev.tandem.diff.table;

import org.jspecify.annotations.NullMarked;
