/** Session windows: groups that grow, merge and split as records arrive. */
@NullMarked
package dev.tandem.fold.session;

import org.jspecify.annotations.NullMarked;
