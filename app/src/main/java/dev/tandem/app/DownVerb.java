package dev.tandem.app;

import dev.tandem.app.json.Json;
import dev.tandem.app.run.Operations;
import picocli.CommandLine.Command;

@Command(name = "down", description = "Stops the servers that 'up' left running.")
final class DownVerb implements Verb {
    @Override
    public Exit run(Shell shell) {
        var stopped = Operations.down(Hostings.workspace(shell));
        Answers.answer(
                shell, stopped.isEmpty() ? "nothing was running" : "stopped " + String.join(", ", stopped), () -> {
                    var document = Json.document("down");
                    stopped.forEach(document.putArray("stopped")::add);
                    return document;
                });
        return Exit.FINE;
    }
}
