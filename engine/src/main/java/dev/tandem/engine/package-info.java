/** The Spark engine; this package holds what all of its packages share. */
@NullMarked
package dev.tandem.engine;

import org.jspecify.annotations.NullMarked;
