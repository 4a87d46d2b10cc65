package dev.tandem.app.run;

import static org.awaitility.Awaitility.await;

import dev.tandem.servers.Lifetime;
import dev.tandem.servers.LocalService;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A broker and a database of a test's own, which it can kill and start again as often as it wants. */
final class FaultyServers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Workspace workspace;
    private final List<Process> startedAgain = new ArrayList<>();
    private boolean started;

    private FaultyServers(Workspace workspace) {
        this.workspace = workspace;
    }

    /** In a new folder; they start with the first stage. */
    static FaultyServers inANewHome() throws IOException {
        var home = Files.createTempDirectory(
                Files.createDirectories(Path.of("target", "test-homes").toAbsolutePath()), "faults");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new FaultyServers(new Workspace(home, Bench.CACHE, Path.of("../servers/target/servers")));
    }

    /** A pipeline of that suffix, whose stream waits for its servers for five minutes. */
    Stage stage(String suffix, boolean segments) {
        UnaryOperator<String> change = text -> {
            var own = text.replaceFirst("max_records: \\d+", "max_records: 40, retry_for: 5 minutes");
            return segments
                    ? own.replace("land: { table: tweet_raw, in: mysql, key: [tweet_id] }", "ledger: mysql")
                    : own;
        };
        if (!started) {
            Services.start(
                            workspace,
                            Stage.definition(workspace, suffix, change),
                            Lifetime.UNTIL_STOPPED,
                            new Bench.Silent())
                    .close();
            started = true;
        }
        return Stage.of(workspace, suffix, change);
    }

    /** {@code kill -9}, and a new start after {@code away}; returns when the server takes connections again. */
    void killForAWhile(String name, Runnable away) throws IOException {
        var service = running().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
        var killed = KilledServer.of(service);
        away.run();
        var again = killed.startAgain();
        startedAgain.add(again);
        // As if it were the process that Tandem has started, so that the next stream finds it.
        var record = service.directory().resolve("service.properties");
        Files.writeString(record, Files.readString(record).replaceFirst("pid=\\d+", "pid=" + again.pid()));
        awaitConnections();
    }

    private List<LocalService> running() {
        return Services.attached(workspace);
    }

    private void awaitConnections() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            for (var service : running()) {
                var address = service.address().split(":");
                new Socket(address[0], Integer.parseInt(address[1])).close();
            }
            return running().size() == 2;
        });
    }

    @Override
    public void close() {
        startedAgain.forEach(it -> it.destroyForcibly().onExit().join());
        Operations.down(workspace);
        workspace.empty();
    }
}
