/** Patterns that explain differences, each verified by applying it. */
@NullMarked
package dev.tandem.diff.why;

import org.jspecify.annotations.NullMarked;
