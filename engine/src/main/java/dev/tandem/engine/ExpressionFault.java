package dev.tandem.engine;

/** What is wrong with an expression, the mend, and the word in its text that is meant; empty if the whole is. */
record ExpressionFault(String word, String what, String mend) {
    ExpressionFault(String what, String mend) {
        this("", what, mend);
    }
}
