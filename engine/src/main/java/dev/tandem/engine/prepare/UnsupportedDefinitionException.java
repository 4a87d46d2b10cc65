package dev.tandem.engine.prepare;

/** The generator has no code for something in a definition; Spark's projections must run it. */
final class UnsupportedDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedDefinitionException(String message) {
        super(message);
    }
}
