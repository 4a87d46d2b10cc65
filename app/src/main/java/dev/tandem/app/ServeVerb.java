package dev.tandem.app;

import dev.tandem.app.json.Json;
import dev.tandem.app.run.Whereabouts;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows every pipeline in a browser, whether it runs here, elsewhere on this machine, or not at all. */
@Command(name = "serve", description = "Shows all pipelines live in a browser, until Ctrl-C; runs nothing.")
final class ServeVerb implements Verb {
    static final int PORT = 8080;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + PORT,
            description = "the port to listen on, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int port = PORT;

    @Mixin
    private ExposureOptions exposure = new ExposureOptions();

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var chosen = exposure.chosen(shell, port);
        try (var page = ShownPage.start(shell, profile.chosen(shell), chosen.exposure(), Whereabouts.Idle.STARTED)) {
            chosen.token().ifPresent(file -> shell.progress().done("readers are asked for the token in " + file));
            answer(shell, page);
            shell.progress().done("showing all pipelines; Ctrl-C ends it");
            new CountDownLatch(1).await();
        } catch (InterruptedException ctrlC) {
            return Exit.FINE;
        }
        return Exit.FINE;
    }

    private static void answer(Shell shell, ShownPage page) {
        if (shell.json()) {
            shell.answer(Json.document("serve").put("address", page.address().toString()));
        } else {
            shell.answer(page.address().toString());
        }
    }
}
