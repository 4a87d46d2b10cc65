/** The Spark session: master, settings, executors, checkpoint files and processor time. */
@NullMarked
package dev.tandem.engine.spark;

import org.jspecify.annotations.NullMarked;
