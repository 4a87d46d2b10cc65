/** What the page shows, as plain records: the narrow door through which the rest of Tandem fills it. */
@NullMarked
package dev.tandem.page.data;

import org.jspecify.annotations.NullMarked;
