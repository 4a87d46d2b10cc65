@NullMarked
package dev.tandem.proof;

import org.jspecify.annotations.NullMarked;
