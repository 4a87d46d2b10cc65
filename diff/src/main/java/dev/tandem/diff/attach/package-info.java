/** The raw log beside two tables of other jobs: which is wrong, by which records, and how the streaming job must have worked. */
@NullMarked
package dev.tandem.diff.attach;

import org.jspecify.annotations.NullMarked;
