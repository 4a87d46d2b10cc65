package dev.tandem.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.proof.Report;
import dev.tandem.proof.Verdict;
import dev.tandem.proof.report.ReportText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** How a comparison is answered: the verdict as text or JSON, and the exit code that a script decides by. */
final class Answers {
    private Answers() {}

    static void report(Shell shell, Report report, Path file) {
        if (shell.json()) {
            try {
                var json = new ObjectMapper()
                        .readTree(file.resolveSibling("report.json").toFile());
                shell.answer(((ObjectNode) json).put("report", file.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            shell.answer(ReportText.of(report) + "\nreport  " + file + "\n");
        }
    }

    static Exit exit(Report report) {
        if (report.verdict() == Verdict.PENDING) {
            return Exit.UNDECIDED;
        }
        return report.verdict() == Verdict.DISAGREE ? Exit.DISAGREES : Exit.FINE;
    }
}
