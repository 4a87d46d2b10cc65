@NullMarked
package dev.tandem.page;

import org.jspecify.annotations.NullMarked;
