/** The command line: finds what is asked for, runs it, and tells the outcome as an answer, an error or an exit code. */
@NullMarked
package dev.tandem.app;

import org.jspecify.annotations.NullMarked;
