@NullMarked
package dev.tandem.files;

import org.jspecify.annotations.NullMarked;
