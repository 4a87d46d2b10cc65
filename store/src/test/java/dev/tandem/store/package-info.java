@NullMarked
package dev.tandem.store;

import org.jspecify.annotations.NullMarked;
