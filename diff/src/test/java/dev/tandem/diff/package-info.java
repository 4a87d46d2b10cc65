@NullMarked
package dev.tandem.diff;

import org.jspecify.annotations.NullMarked;
