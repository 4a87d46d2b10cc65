/** What refused records have in common, beside all records: frequencies, an exact test, and how to tell it. */
@NullMarked
package dev.tandem.parity.traits;

import org.jspecify.annotations.NullMarked;
