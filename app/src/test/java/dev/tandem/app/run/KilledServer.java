package dev.tandem.app.run;

import dev.tandem.servers.LocalService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server of this machine after {@code kill -9}, which can be started again as it was: same command, user, folder and port. */
final class KilledServer {
    private final List<String> command;
    private final List<String> environment;
    private final Path folder;
    private final Path log;

    private KilledServer(List<String> command, List<String> environment, Path folder, Path log) {
        this.command = command;
        this.environment = environment;
        this.folder = folder;
        this.log = log;
    }

    static KilledServer of(LocalService service) {
        return kill(
                ProcessHandle.of(service.pid()).orElseThrow(),
                service.directory().resolve("again.log"));
    }

    private static KilledServer kill(ProcessHandle process, Path log) {
        try {
            var proc = Path.of("/proc/" + process.pid());
            var command = new ArrayList<String>();
            int user = (Integer) Files.getAttribute(proc, "unix:uid");
            if (user != (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) {
                command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--"));
            }
            command.addAll(words(proc.resolve("cmdline")));
            var killed = new KilledServer(
                    command, words(proc.resolve("environ")), Files.readSymbolicLink(proc.resolve("cwd")), log);
            process.destroyForcibly();
            process.onExit().join();
            return killed;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> words(Path file) throws IOException {
        return List.of(Files.readString(file).split("\0"));
    }

    /** The caller kills it in the end. */
    Process startAgain() {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        for (var variable : environment) {
            int sign = variable.indexOf('=');
            if (sign > 0) {
                builder.environment().put(variable.substring(0, sign), variable.substring(sign + 1));
            }
        }
        try {
            return builder.redirectOutput(log.toFile()).start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
