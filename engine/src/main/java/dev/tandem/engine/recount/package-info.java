/** The stages of a recount: Spark tasks that count both modes again from the landed log, one part at a time. */
@NullMarked
package dev.tandem.engine.recount;

import org.jspecify.annotations.NullMarked;
