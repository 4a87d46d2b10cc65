package dev.tandem.diff.attach;

import dev.tandem.diff.AttachFile.Attached;
import dev.tandem.diff.attach.AttachAnswer.ViewAnswer;
import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.table.Question.Source;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Prepared;
import dev.tandem.model.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Holds the tables of other jobs against the log that they read, infers how the jobs work, and explains every differing number. The log is
 * read once, into a working database; what follows reads that one, {@value #READINGS} times for a view at the most.
 */
public final class Attachment {
    /** Two readings for each of four shifts of the windows, and two for the answer. */
    static final int READINGS = 10;

    private final Setting setting;

    /**
     * Where and how the work is done.
     *
     * @param scratch where the working database may be; it is removed at the end
     * @param megabytes the most that DuckDB holds in memory; the rest is spilled
     * @param folder where the file of differences is written
     * @param rows how many differing rows are explained
     * @param records how many records are shown for each cause
     * @param progress is told what happens
     */
    public record Setting(Path scratch, int megabytes, Path folder, int rows, int records, Consumer<String> progress) {}

    /** A definition, and what it was compiled to. */
    public record Definition(Pipeline pipeline, FoldPlan plan) {}

    /** A log, and how its records are had, prepared by the definition, in any order. */
    public record Log(LogShape shape, Feed feed) {}

    /** Gives every record of a log. */
    @FunctionalInterface
    public interface Feed {
        void into(Consumer<Prepared> sink);
    }

    /** A view with its tables, found. */
    public record Tables(Attached attached, Optional<Source> stream, Optional<Source> batch) {}

    public Attachment(Setting setting) {
        this.setting = setting;
    }

    public AttachAnswer answer(Definition definition, Log log, List<Tables> views) {
        var clocks = Clock.candidates(log.shape());
        try (var duck = Duck.open(setting.scratch(), setting.megabytes());
                var differences = new DifferenceFile(setting.folder())) {
            var facts = new LogTable(duck, log.shape(), clocks).fill(log.feed());
            setting.progress()
                    .accept("read %,d records of %s once"
                            .formatted(facts.records(), log.shape().shown()));
            if (facts.records() == 0) {
                throw DiffException.question(
                        "Cannot hold the tables against %s: it has no record that the definition counts (%,d are refused by it); see ./tandem check and the schema"
                                .formatted(log.shape().shown(), facts.rejected()));
            }
            var answers = new ArrayList<ViewAnswer>();
            for (var view : views) {
                setting.progress()
                        .accept("counting '%s', and trying behaviours"
                                .formatted(view.attached().view()));
                var run = new ViewRun(
                        duck, new ViewRun.Log(log.shape(), clocks, facts), plan(definition, view.attached()), setting);
                answers.add(run.answer(view, differences));
            }
            return new AttachAnswer(
                    definition.pipeline().name(),
                    log.shape().shown(),
                    facts.records(),
                    facts.rejected(),
                    answers,
                    differences.file());
        }
    }

    private static ViewPlan plan(Definition definition, Attached attached) {
        var grouped = definition.pipeline().grouped();
        for (int number = 0; number < grouped.size(); number++) {
            if (grouped.get(number).name().equals(attached.view())) {
                return new ViewPlan(
                        attached,
                        grouped.get(number),
                        definition.plan(),
                        number,
                        definition.pipeline().dedup(),
                        delay(definition.pipeline()));
            }
        }
        throw new IllegalArgumentException("Cannot attach '%s': the definition groups no records in a view of that name"
                .formatted(attached.view()));
    }

    private static Duration delay(Pipeline pipeline) {
        return pipeline.watermark().delay();
    }
}
