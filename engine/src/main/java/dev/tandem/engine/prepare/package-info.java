/** One generated class for all steps and views of a definition: from a parsed row straight to a packed record. */
@NullMarked
package dev.tandem.engine.prepare;

import org.jspecify.annotations.NullMarked;
