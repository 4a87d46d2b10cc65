/** What the live page shows, read from the tables, the broker and the last reports; it starts no engine. */
@NullMarked
package dev.tandem.app.page;

import org.jspecify.annotations.NullMarked;
