package dev.tandem.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One step of a path into a JSON object. */
public sealed interface PathStep extends Serializable {
    /** To the member of this name. */
    record Member(String name) implements PathStep {
        @Override
        public String text() {
            return name.matches("[^.\\[\\]'\"]+") ? "." + name : "[\"" + name + "\"]";
        }
    }

    /** To the element of a list at this index, from 0. */
    record Element(int index) implements PathStep {
        @Override
        public String text() {
            return "[" + index + "]";
        }
    }

    /** The most steps of a path. */
    int MOST = 30;

    Pattern PATTERN = Pattern.compile("\\.([^.\\[\\]'\"]+)|\\[(\\d{1,6})]|\\[\"([^\"]*)\"]|\\['([^']*)']");

    /** The step that {@link #PATTERN} has found. */
    static PathStep of(MatchResult found) {
        if (found.group(2) != null) {
            return new Element(Integer.parseInt(found.group(2)));
        }
        var name = Optional.ofNullable(found.group(1)).or(() -> Optional.ofNullable(found.group(3)));
        return new Member(name.orElseGet(() -> found.group(4)));
    }

    /** A whole path, as a definition writes it. */
    static String text(List<PathStep> steps) {
        return "$" + steps.stream().map(PathStep::text).collect(Collectors.joining());
    }

    String text();
}
