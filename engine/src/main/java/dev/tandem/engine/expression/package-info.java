/** Expressions of a definition: grammar, allowed functions, types and values. */
@NullMarked
package dev.tandem.engine.expression;

import org.jspecify.annotations.NullMarked;
