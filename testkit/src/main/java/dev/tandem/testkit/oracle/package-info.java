/**
 * The right result, worked out by another program: DuckDB over the raw records. Nothing of Tandem and nothing of Spark may be used
 * in here (ArchitectureTest), or a mistake could agree with itself.
 */
@NullMarked
package dev.tandem.testkit.oracle;

import org.jspecify.annotations.NullMarked;
