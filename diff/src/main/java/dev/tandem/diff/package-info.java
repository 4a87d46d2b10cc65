/** Comparing any two tables: where they differ, by how much, and the pattern behind it. */
@NullMarked
package dev.tandem.diff;

import org.jspecify.annotations.NullMarked;
