/**
 * What others write to extend Tandem without changing it: sinks, formats of records, generators and functions, found in jars by the rules of
 * {@link java.util.ServiceLoader} and named in a definition.
 *
 * <ul>
 *   <li>{@link dev.tandem.model.extension.SinkProvider}: {@code outputs: [{ view: totals, sink: NAME, with: { … } }]}
 *   <li>{@link dev.tandem.model.extension.FormatProvider}: {@code source: { files: data, format: { extension: NAME, with: { … } } }}
 *   <li>{@link dev.tandem.model.extension.GeneratorProvider}: {@code generate: { model: NAME, … }}
 *   <li>{@link dev.tandem.model.extension.FunctionProvider}: {@code NAME(…)} in any expression
 * </ul>
 *
 * <p>A jar is compiled against {@code tandem-model} alone, lists its providers in {@code META-INF/services}, and is put into
 * {@code lib/ext} or the folder that {@code TANDEM_EXT} names. Nothing else of Tandem is needed, and nothing else is promised to
 * stay as it is.
 */
@NullMarked
package dev.tandem.model.extension;

import org.jspecify.annotations.NullMarked;
