/** The documents that --json prints. */
@NullMarked
package dev.tandem.app.json;

import org.jspecify.annotations.NullMarked;
