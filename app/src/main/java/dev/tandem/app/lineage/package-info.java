/** Tells an OpenLineage server of runs, with what they read and write and whether the two modes agree. */
@NullMarked
package dev.tandem.app.lineage;

import org.jspecify.annotations.NullMarked;
