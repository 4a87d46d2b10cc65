/** The verbs that run something: they wire servers, feed, engine, store and parity together, and hold no logic of their own. */
@NullMarked
package dev.tandem.app.run;

import org.jspecify.annotations.NullMarked;
