@NullMarked
package dev.tandem.model.record;

import org.jspecify.annotations.NullMarked;
