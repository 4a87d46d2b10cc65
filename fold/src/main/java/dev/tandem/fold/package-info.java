/** The values that records and results are made of: coordinates, prepared records, watermarks, fates, rows, and the interfaces of the landed log and the ledger. */
@NullMarked
package dev.tandem.fold;

import org.jspecify.annotations.NullMarked;
