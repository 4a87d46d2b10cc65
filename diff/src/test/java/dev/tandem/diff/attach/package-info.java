@NullMarked
package dev.tandem.diff.attach;

import org.jspecify.annotations.NullMarked;
