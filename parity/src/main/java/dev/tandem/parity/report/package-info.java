/** Tells a comparison: a page, charts, files for programs, and a block of text for the terminal. Reads nothing but the report. */
@NullMarked
package dev.tandem.parity.report;

import org.jspecify.annotations.NullMarked;
