/** The live page: what runs, whether it agrees, how late it is and what it costs, in a browser on this machine. */
@NullMarked
package dev.tandem.page;

import org.jspecify.annotations.NullMarked;
