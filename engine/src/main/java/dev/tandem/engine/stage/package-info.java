/** The stages of a micro-batch that have state, in this process or on the executors of a cluster. */
@NullMarked
package dev.tandem.engine.stage;

import org.jspecify.annotations.NullMarked;
