package dev.tandem.app.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.json.Json;
import dev.tandem.app.run.Inquiries;
import dev.tandem.app.run.RecordQuestion;
import dev.tandem.app.run.RowQuestion;
import dev.tandem.app.run.TriedDelay;
import dev.tandem.engine.EngineException;
import dev.tandem.page.data.RecordAsked;
import dev.tandem.page.data.RowAsked;
import dev.tandem.page.data.Unanswerable;
import dev.tandem.page.data.Unavailable;
import dev.tandem.parity.explain.AnswerJson;
import dev.tandem.parity.explain.TraceJson;
import dev.tandem.parity.explain.TrialJson;
import dev.tandem.servers.LocalServiceException;
import dev.tandem.store.StoreException;
import java.util.function.Supplier;

/** Questions of the page about single rows and records, answered with the documents of {@code explain} and {@code trace}. */
record RowAnswers(ServedPipeline served, Inquiries inquiries) {
    String why(RowAsked asked) {
        var question = question(asked);
        var answer = answered(() -> inquiries.explain(served.hosting(), served.pipeline(), question));
        ObjectNode document = Json.document("explain");
        AnswerJson.write(answer, document);
        return document.toString();
    }

    private static RowQuestion question(RowAsked asked) {
        return new RowQuestion(asked.view(), asked.key(), asked.window(), asked.row(), asked.records());
    }

    String trial(RowAsked asked, String delay) {
        var tried = TriedDelay.of(delay, served.pipeline())
                .orElseThrow(() -> new Unanswerable(
                        "Cannot try the delay '%s': write a watermark delay such as 5m, or how much more, such as +90s"
                                .formatted(delay)));
        var trial = answered(() -> inquiries.tryDelay(served.hosting(), served.pipeline(), question(asked), tried));
        ObjectNode document = Json.document("explain");
        TrialJson.write(trial, document);
        return document.toString();
    }

    String trace(RecordAsked asked) {
        var question = question(asked);
        var trace = answered(() -> inquiries.trace(served.hosting(), served.pipeline(), question));
        ObjectNode document = Json.document("trace");
        TraceJson.write(trace, document);
        return document.toString();
    }

    private static RecordQuestion question(RecordAsked asked) {
        if (asked instanceof RecordAsked.At at) {
            return RecordQuestion.At.read(at.place())
                    .orElseThrow(() ->
                            new Unanswerable("Cannot find the record '%s': write partition and position, as in 0:4211"
                                    .formatted(at.place())));
        }
        if (asked instanceof RecordAsked.InFile file) {
            return RecordQuestion.InFile.read(file.line())
                    .orElseThrow(() -> new Unanswerable(
                            "Cannot find the record '%s': write the file and a line, as in part-007.csv:12"
                                    .formatted(file.line())));
        }
        return new RecordQuestion.Where(((RecordAsked.Where) asked).condition());
    }

    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (EngineException e) {
            throw new Unanswerable(String.valueOf(e.getMessage()), e);
        } catch (StoreException | LocalServiceException e) {
            throw new Unavailable(String.valueOf(e.getMessage()), e);
        }
    }
}
