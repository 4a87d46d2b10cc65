/** The places that a table can be read from. */
@NullMarked
package dev.tandem.diff.side;

import org.jspecify.annotations.NullMarked;
