/** A stream counted again over its landed log with another setting: what would have come out, and what it would have cost. */
@NullMarked
package dev.tandem.engine.trial;

import org.jspecify.annotations.NullMarked;
