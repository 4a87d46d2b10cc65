package dev.tandem.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.json.Json;
import dev.tandem.app.run.Operations;
import dev.tandem.model.Pipeline;
import java.util.Locale;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "generate",
        aliases = "producer",
        description = "Feeds a pipeline's topic or folder, from its generator or from a file.")
final class GenerateVerb implements Verb {
    @Mixin
    private Target target = new Target();

    @Mixin
    private FeedOptions feed = new FeedOptions();

    @Override
    public Exit run(Shell shell) {
        var fed = target.operations(shell).generate(feed.feed(shell));
        var summary = fed.summary();
        var text = "sent %,d %s in %.1f s (%,.0f/s), %,d acknowledged; by fault: %s"
                .formatted(
                        summary.sent(),
                        fed.what(),
                        summary.took().toMillis() / 1000.0,
                        summary.perSecond(),
                        summary.acked(),
                        new TreeMap<>(summary.faults()));
        Answers.answer(shell, text, () -> document(target.pipeline(shell), fed));
        return summary.stopped() ? Exit.INTERRUPTED : Exit.FINE;
    }

    private static ObjectNode document(Pipeline pipeline, Operations.Fed fed) {
        var summary = fed.summary();
        var document = Json.document("generate")
                .put("pipeline", pipeline.name())
                .put("unit", fed.what())
                .put("sent", summary.sent())
                .put("acked", summary.acked())
                .put("failed", summary.failed())
                .put("stopped", summary.stopped())
                .put("per_second", summary.perSecond())
                .put("seconds", summary.took().toMillis() / 1000.0);
        var faults = document.putObject("faults");
        new TreeMap<>(summary.faults())
                .forEach((fault, count) -> faults.put(fault.name().toLowerCase(Locale.ROOT), count));
        return document;
    }
}
