/** The description of every key of a definition: the reader, the JSON Schema and the reference in the docs are made from it. */
@NullMarked
package dev.tandem.model.keys;

import org.jspecify.annotations.NullMarked;
