/** What goes into the log: generated events with their faults and the truth about them, real files, and the way to Kafka. */
@NullMarked
package dev.tandem.feed;

import org.jspecify.annotations.NullMarked;
