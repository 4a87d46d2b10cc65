/**
 * What every implementation of a kind promises, as abstract JUnit classes: extend one, and say how your implementation is opened and
 * read. They know no class of Tandem, so that they can be kept by what others write, too.
 */
@NullMarked
package dev.tandem.testkit.contract;

import org.jspecify.annotations.NullMarked;
