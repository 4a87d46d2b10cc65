package dev.tandem.app;

/**
 * One verb of the command line: a class annotated with picocli's {@code @Command}, whose options and parameters are fields.
 * {@code --home}, {@code --json} and {@code --verbose} are everybody's and come in the {@link Shell}. What goes wrong is
 * thrown; {@link Failure} gives it its exit code and its words.
 */
public interface Verb {
    Exit run(Shell shell) throws Exception;
}
