/** Proposes a definition from a sample of real records. */
@NullMarked
package dev.tandem.app.init;

import org.jspecify.annotations.NullMarked;
