package dev.tandem.engine.expression;

/** What is wrong with an expression, the hint, and the word in its text that is meant; empty if the whole is. */
public record ExpressionFault(String word, String what, String hint) {
    ExpressionFault(String what, String hint) {
        this("", what, hint);
    }
}
