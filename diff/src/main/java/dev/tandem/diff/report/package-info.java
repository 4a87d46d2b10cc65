/** The answer to a comparison, as text, JSON, JUnit XML, CSV and HTML. */
@NullMarked
package dev.tandem.diff.report;

import org.jspecify.annotations.NullMarked;
