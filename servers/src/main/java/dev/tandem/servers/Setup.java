package dev.tandem.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commands that make a server's data, each of which must end well before the next. */
record Setup(ServiceDirectory directory, Account account) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** @param input what the command reads; it may be secret, so it is neither an argument nor a file */
    void run(List<String> command, String input) throws IOException {
        var log = directory.setupLog();
        if (!Files.exists(log)) {
            directory.privateFile(log, "");
        }
        var process = Surroundings.of(account.run(command), directory, log)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .start();
        var written = write(process, input);
        var code = codeOf(process);
        if (code != 0 || !written) {
            var program = Path.of(command.get(0)).getFileName();
            throw new LocalServiceException(
                    "Cannot set up %s: %s ended with code %d; fix what it said and start again%s"
                            .formatted(directory.kind().word(), program, code, new ServerLog(log).told()));
        }
    }

    /** False if the command stopped reading: then its log says why. */
    private static boolean write(Process process, String input) {
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            return input.isEmpty();
        }
    }

    private int codeOf(Process process) throws IOException {
        try {
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new IOException("its setup took longer than " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
