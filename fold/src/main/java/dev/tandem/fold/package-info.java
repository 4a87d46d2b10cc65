@NullMarked
package dev.tandem.fold;

import org.jspecify.annotations.NullMarked;
