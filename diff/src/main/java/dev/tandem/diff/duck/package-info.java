/** The embedded database in which two tables are compared. */
@NullMarked
package dev.tandem.diff.duck;

import org.jspecify.annotations.NullMarked;
