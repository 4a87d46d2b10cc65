/** One row's records in a file that reproduces its difference elsewhere. */
@NullMarked
package dev.tandem.app.capsule;

import org.jspecify.annotations.NullMarked;
