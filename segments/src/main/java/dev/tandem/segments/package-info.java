@NullMarked
package dev.tandem.segments;

import org.jspecify.annotations.NullMarked;
