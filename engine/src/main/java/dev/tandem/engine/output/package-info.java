/** Outputs beside the ledger's database, and rows read back from lakes. */
@NullMarked
package dev.tandem.engine.output;

import org.jspecify.annotations.NullMarked;
