/** What the process and its {@code .env} files say about servers that others run: read once, passed on as a value. */
@NullMarked
package dev.tandem.app.environment;

import org.jspecify.annotations.NullMarked;
