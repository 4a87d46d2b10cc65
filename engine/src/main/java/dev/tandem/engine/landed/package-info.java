/** Reads and searches the landed log in Spark's tasks. */
@NullMarked
package dev.tandem.engine.landed;

import org.jspecify.annotations.NullMarked;
