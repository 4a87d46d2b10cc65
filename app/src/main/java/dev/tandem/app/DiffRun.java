package dev.tandem.app;

import dev.tandem.app.json.Json;
import dev.tandem.app.page.KeptAnswers;
import dev.tandem.app.run.ExportJob;
import dev.tandem.app.run.Operations;
import dev.tandem.diff.AttachFile;
import dev.tandem.diff.Diff;
import dev.tandem.diff.DiffFile;
import dev.tandem.diff.DiffFile.SideSettings;
import dev.tandem.diff.attach.Attachment;
import dev.tandem.diff.report.Answer;
import dev.tandem.diff.report.DiffJson;
import dev.tandem.diff.report.DiffText;
import dev.tandem.diff.report.DiffWriter;
import dev.tandem.diff.side.Sides;
import dev.tandem.diff.side.TableReference;
import dev.tandem.diff.table.Question;
import dev.tandem.diff.table.Question.Source;
import dev.tandem.model.Mode;
import dev.tandem.page.data.TableAnswer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Answers a question about two tables on the command line. */
final class DiffRun {
    static final Path FOLDER = Path.of("comparison", "diff");
    static final int MEGABYTES = 600;

    private static final Pattern VIEW = Pattern.compile("tandem:(.+)/([A-Za-z0-9_]+)@(stream|batch)");

    private final Shell shell;
    private final Path folder;
    private final int megabytes;
    private final Path scratch;

    DiffRun(Shell shell, Path folder, int megabytes) {
        this.shell = shell;
        this.folder = shell.surroundings().directory().resolve(folder);
        this.megabytes = megabytes;
        this.scratch = newScratch();
    }

    /** Where working files may be. */
    Path scratch() {
        return scratch;
    }

    /** Where answers are written. */
    Path folder() {
        return folder;
    }

    /** The folder of temporary files that goes with this process. */
    private static Path newScratch() {
        try {
            return Files.createTempDirectory("diff");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    Exit run(DiffFile file, Question.Extent extent) throws InterruptedException {
        var again = extent.again().or(file::again);
        if (again.isPresent()) {
            requireReadable(file.left());
            requireReadable(file.right());
        }
        var whole = new Question.Extent(extent.samples(), again, extent.patterns(), extent.reach());
        var question = file.question(source(file.left(), "left"), source(file.right(), "right"), whole);
        var setting = new Diff.Setting(
                scratch,
                megabytes,
                shell.clock(),
                duration -> Thread.sleep(duration.toMillis()),
                text -> shell.progress().done(text));
        var answer = new Diff(setting).answer(question, folder);
        tell(answer);
        return exit(answer.verdict());
    }

    /** A view of ours is written out once, so a second reading would always find the same. */
    private static void requireReadable(SideSettings wish) {
        if (VIEW.matcher(wish.address()).matches()) {
            throw new CommandException(
                    Exit.USAGE,
                    "Cannot read %s again: views of pipelines are read once; leave out --again, or name the database's table instead"
                            .formatted(wish.address()));
        }
    }

    private void tell(Answer answer) {
        var page = DiffWriter.page(folder);
        keep(answer, page);
        Answers.answer(shell, DiffText.of(answer) + "\nreport  " + page + "\n", () -> {
            var document = Json.document("diff");
            DiffJson.write(answer, document);
            return document.put("report", page.toString());
        });
    }

    private void keep(Answer answer, Path page) {
        var result = answer.result();
        boolean unnamed = result.name().equals("diff");
        kept(shell)
                .keep(new TableAnswer(
                        "diff",
                        unnamed
                                ? "%s and %s"
                                        .formatted(
                                                result.left().shown(),
                                                result.right().shown())
                                : result.name(),
                        shell.clock().instant(),
                        answer.verdict().word(),
                        Stream.of(answer.sentence(), answer.explanation().sentence())
                                .filter(sentence -> !sentence.isEmpty())
                                .toList(),
                        page.toString(),
                        DiffText.of(answer)));
    }

    /** Where answers are kept for the live page. */
    static KeptAnswers kept(Shell shell) {
        return new KeptAnswers(Hostings.workspace(shell).tableAnswers());
    }

    private static Exit exit(Answer.Verdict verdict) {
        return switch (verdict) {
            case AGREE, WITHIN_TOLERANCE -> Exit.FINE;
            case DIFFER -> Exit.DISAGREES;
            case MOVING, NOTHING -> Exit.UNDECIDED;
        };
    }

    /** The tables of an attached view, found. */
    Attachment.Tables tables(AttachFile.Attached view) throws InterruptedException {
        var stream = Optional.<Source>empty();
        if (view.stream().isPresent()) {
            stream = Optional.of(source(view.stream().get().wish(), "stream"));
        }
        var batch = Optional.<Source>empty();
        if (view.batch().isPresent()) {
            batch = Optional.of(source(view.batch().get().wish(), "batch"));
        }
        return new Attachment.Tables(view, stream, batch);
    }

    private Source source(SideSettings wish, String word) throws InterruptedException {
        var view = VIEW.matcher(wish.address());
        if (view.matches()) {
            var file = exported(
                    view.group(1), view.group(2), Mode.valueOf(view.group(3).toUpperCase(Locale.ROOT)));
            return new Source(Sides.file(wish.address(), file), wish.where(), wish.zone());
        }
        return new Source(
                Sides.of(new TableReference(wish.address(), wish.query(), surroundings(word))),
                wish.where(),
                wish.zone());
    }

    /** What is needed to find a table; {@code word} tells its password's variable from others. */
    TableReference.Surroundings surroundings(String word) {
        var environment = shell.surroundings().environment();
        var password = Optional.ofNullable(
                        environment.get("TANDEM_%s_PASSWORD".formatted(word.toUpperCase(Locale.ROOT))))
                .orElseGet(() -> environment.getOrDefault("TANDEM_PASSWORD", ""));
        return new TableReference.Surroundings(
                shell.surroundings().directory(),
                shell.installation().extensions(),
                password,
                Hostings.environment(shell, Optional.empty()).kafkaAt("").security());
    }

    /** A view of ours, written out as it is stored: its servers need not run any longer than that. */
    private Path exported(String pipeline, String view, Mode mode) throws InterruptedException {
        var file = scratch.resolve("%s-%s.json".formatted(view, mode.word()));
        var operations = new Operations(
                Hostings.of(shell, pipeline),
                shell.pipelines().read(pipeline),
                shell.clock(),
                new ShellNarrator(shell.progress()));
        try (var out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            operations.export(view, mode, ExportJob.Format.JSON, out);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s: %s".formatted(file, e.getMessage()), e);
        }
        return file;
    }
}
