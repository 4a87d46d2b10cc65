package dev.tandem.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.json.Json;
import dev.tandem.app.run.Services;
import dev.tandem.model.Pipeline;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "up", description = "Starts the servers a pipeline needs and leaves them running.")
final class UpVerb implements Verb {
    @Mixin
    private Target target = new Target();

    @Override
    public Exit run(Shell shell) {
        target.operations(shell).up();
        var services = Services.described(target.hosting(shell), target.pipeline(shell));
        Answers.answer(
                shell,
                services.stream().map(UpVerb::told).collect(Collectors.joining("\n")),
                () -> document(target.pipeline(shell), services));
        return Exit.FINE;
    }

    private static String told(Services.Described it) {
        var line = "%s  %s".formatted(it.name(), it.address());
        return it.from().equals("local") ? line : "%s  (%s)".formatted(line, it.from());
    }

    private static ObjectNode document(Pipeline pipeline, List<Services.Described> services) {
        var document = Json.document("up").put("pipeline", pipeline.name());
        var all = document.putArray("services");
        services.forEach(it -> all.addObject()
                .put("name", it.name())
                .put("address", it.address())
                .put("from", it.from()));
        return document;
    }
}
