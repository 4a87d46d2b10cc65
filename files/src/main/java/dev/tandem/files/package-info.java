/** A folder of files read as a log: each file is taken in once, and its records keep their positions. */
@NullMarked
package dev.tandem.files;

import org.jspecify.annotations.NullMarked;
