@NullMarked
package dev.tandem.model.reading;

import org.jspecify.annotations.NullMarked;
