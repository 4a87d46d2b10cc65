@NullMarked
package dev.tandem.drop;

import org.jspecify.annotations.NullMarked;
