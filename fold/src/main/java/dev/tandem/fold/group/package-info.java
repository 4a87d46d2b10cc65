/** Groups of one view by window and key, their rows, and the ranking of rows in top views. */
@NullMarked
package dev.tandem.fold.group;

import org.jspecify.annotations.NullMarked;
