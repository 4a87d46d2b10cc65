package dev.tandem.model;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** For the author of a definition: everything that is wrong with it, at once, each with its place and hint. */
public final class DefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient List<String> lines;
    private final String file;

    /** {@code text} is the definition itself, so that the message can show the lines meant. */
    public DefinitionException(String file, String text, List<Problem> problems) {
        super("Cannot use %s: %d problem(s)".formatted(file, problems.size()));
        this.file = file;
        this.lines = text.lines().toList();
        this.problems = problems.stream()
                .sorted(Comparator.comparingInt(
                                (Problem problem) -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()))
                .toList();
    }

    public List<Problem> problems() {
        return problems;
    }

    /** Each problem as a person reads it: the place, the line before, the line, and the hint under what is meant. */
    public String told() {
        return problems.stream().map(this::told).collect(Collectors.joining("\n"));
    }

    private String told(Problem problem) {
        var place = problem.place();
        var out = new StringBuilder("error  %s:%s  %s\n".formatted(file, place, problem.what()));
        int width = Math.max(4, String.valueOf(place.line()).length() + 3);
        for (int number = Math.max(1, place.line() - 1); number <= Math.min(place.line(), lines.size()); number++) {
            out.append(("%" + width + "d | %s\n").formatted(number, lines.get(number - 1)));
        }
        out.append(" ".repeat(width)).append(" | ").append(" ".repeat(place.column() - 1));
        return out.append("^".repeat(Math.max(1, place.length())))
                .append(' ')
                .append(problem.hint())
                .append('\n')
                .toString();
    }
}
