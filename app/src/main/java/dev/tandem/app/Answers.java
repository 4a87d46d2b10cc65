package dev.tandem.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.json.Json;
import dev.tandem.parity.Report;
import dev.tandem.parity.Verdict;
import dev.tandem.parity.report.ReportText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How verbs answer: as text or as JSON, and a comparison with the exit code that a script decides by. */
final class Answers {
    private Answers() {}

    static void report(Shell shell, Report report, Path file) {
        if (shell.json()) {
            shell.answer(document(file));
        } else {
            shell.answer(text(report, file));
        }
    }

    /** The report for people, and where its page is. */
    static String text(Report report, Path file) {
        return ReportText.of(report) + "\nreport  " + file + "\n";
    }

    /** The {@code report.json} beside {@code file}, with the page's place. */
    static ObjectNode document(Path file) {
        try {
            var json = new ObjectMapper()
                    .readTree(file.resolveSibling("report.json").toFile());
            return ((ObjectNode) json).put("report", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Exit exit(Report report) {
        if (report.verdict() == Verdict.PENDING) {
            return Exit.UNDECIDED;
        }
        return report.verdict() == Verdict.DISAGREE ? Exit.DISAGREES : Exit.FINE;
    }

    /** The answer as a document where that is asked for, else as {@code text}. */
    static void answer(Shell shell, String text, Supplier<ObjectNode> document) {
        if (shell.json()) {
            shell.answer(document.get());
        } else {
            shell.answer(text);
        }
    }

    /** The same for an answer that is written into a document of {@code verb}. */
    static void answer(Shell shell, String verb, String text, Consumer<ObjectNode> json) {
        answer(shell, text, () -> {
            var document = Json.document(verb);
            json.accept(document);
            return document;
        });
    }

    /** What a run said of itself. */
    static void told(Shell shell, String verb, Target target, String told) {
        answer(
                shell,
                told,
                () -> Json.document(verb)
                        .put("pipeline", target.pipeline(shell).name())
                        .put("told", told));
    }

    /** Compares, answers with the verdict, and tells it. */
    static Report compared(Shell shell, Target target, ReportFolder folder) throws InterruptedException {
        var result = target.operations(shell).compare(folder.of(target.pipeline(shell), shell));
        report(shell, result.report(), result.file());
        return result.report();
    }
}
