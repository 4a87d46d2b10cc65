package dev.tandem.diff;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.report.Again;
import dev.tandem.diff.report.Answer;
import dev.tandem.diff.report.DiffWriter;
import dev.tandem.diff.table.Comparison;
import dev.tandem.diff.table.Question;
import dev.tandem.diff.table.RowDifferences;
import dev.tandem.diff.why.Explanation;
import dev.tandem.diff.why.Search;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers a question about two tables and writes the report. */
public final class Diff {
    private final Setting setting;

    /** Waits; a test does not. */
    @FunctionalInterface
    public interface Waiting {
        void pass(Duration duration) throws InterruptedException;
    }

    /**
     * Where and how the work is done.
     *
     * @param scratch where working files may be; they are removed at the end
     * @param megabytes the most that DuckDB holds in memory; the rest is spilled
     * @param progress is told what happens
     */
    public record Setting(Path scratch, int megabytes, Clock clock, Waiting waiting, Consumer<String> progress) {}

    public Diff(Setting setting) {
        this.setting = setting;
    }

    /** Compares, and writes the report into {@code folder}. */
    public Answer answer(Question question, Path folder) throws InterruptedException {
        try (var duck = Duck.open(setting.scratch(), setting.megabytes())) {
            setting.progress()
                    .accept("reading %s and %s"
                            .formatted(
                                    question.left().side().shown(),
                                    question.right().side().shown()));
            var comparison = new Comparison(duck, question, setting.clock());
            var result = comparison.compare();
            var again = Optional.<Again>empty();
            if (question.extent().again().isPresent() && !result.agree()) {
                again = Optional.of(again(comparison, question.extent().again().get()));
            }
            var explanation = Explanation.NONE;
            if (question.extent().patterns() == Question.Patterns.SEARCHED && !result.agree()) {
                setting.progress()
                        .accept("looking for the pattern behind %,d differing rows"
                                .formatted(result.counts().differing()));
                explanation = new Search(duck, result.columns())
                        .explain(result.counts().differing());
            }
            var answer = new Answer(result, explanation, again);
            DiffWriter.write(answer, new RowDifferences(duck, result.columns()), folder);
            return answer;
        }
    }

    private Again again(Comparison comparison, Duration after) throws InterruptedException {
        setting.progress().accept("reading the differing rows again after %d s".formatted(after.toSeconds()));
        setting.waiting().pass(after);
        var found = comparison.again();
        return new Again(after, found.stable(), found.settled(), found.moving());
    }
}
