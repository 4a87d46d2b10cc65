/** Live trades from Coinbase on their way into the log, and the report of what is missing. */
@NullMarked
package dev.tandem.feed.capture;

import org.jspecify.annotations.NullMarked;
