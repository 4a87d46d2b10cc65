package dev.tandem.engine.expression;

import dev.tandem.model.Expression;
import dev.tandem.model.Place;
import java.util.regex.Pattern;

/** What is wrong with an expression, the hint, and the word in its text that is meant; empty if the whole is. */
public record ExpressionFault(String word, String what, String hint) {
    ExpressionFault(String what, String hint) {
        this("", what, hint);
    }

    /** The word itself where the expression stands alone on its line in YAML, with or without quotes; else all of it. */
    public Place placeIn(Expression expression) {
        var place = expression.place();
        int margin = (place.length() - expression.text().length()) / 2;
        boolean plain = place.length() == expression.text().length() + 2 * margin && margin >= 0 && margin <= 1;
        var found = Pattern.compile("\\b" + Pattern.quote(word) + "\\b").matcher(expression.text());
        if (word.isEmpty() || !plain || !found.find()) {
            return place;
        }
        return new Place(place.line(), place.column() + margin + found.start(), word.length());
    }
}
