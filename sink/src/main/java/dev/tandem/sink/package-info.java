@NullMarked
package dev.tandem.sink;

import org.jspecify.annotations.NullMarked;
