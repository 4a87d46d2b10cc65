/** A definition compiled to Spark: parsing, steps, joins and derived columns, and the tasks that run them. */
@NullMarked
package dev.tandem.engine.definition;

import org.jspecify.annotations.NullMarked;
