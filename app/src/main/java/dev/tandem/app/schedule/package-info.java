/** When a batch runs by itself: cron lines in a zone or fixed intervals, and the loop that runs one job at each of its times. */
@NullMarked
package dev.tandem.app.schedule;

import org.jspecify.annotations.NullMarked;
