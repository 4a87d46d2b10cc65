package dev.tandem.servers;

import dev.tandem.servers.Recipe.Prepared;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The start of any server: lock its directory, end what an earlier run left behind, start, wait until it is ready. */
record Launch(Recipe recipe, ServiceDirectory directory, Lifetime lifetime) {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 10;
    private static final int PORTS_TRIED = 3;
    private static final Pattern MISSING_LIBRARY = Pattern.compile("error while loading shared libraries: ([^:\\s]+)");

    Launch(Recipe recipe, Places places, Lifetime lifetime) {
        this(recipe, ServiceDirectory.under(places.home(), recipe.kind()), lifetime);
    }

    ServerProcess start() {
        try {
            directory.create();
            var lock = directory.lock();
            try {
                endLeftover();
                return startOn(lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LocalServiceException(
                    "Cannot start %s: %s: %s; check that %s can be written and has space left"
                            .formatted(name(), e.getClass().getSimpleName(), e.getMessage(), directory.path()),
                    e);
        }
    }

    /** We hold the lock, so nobody is using a server that should have ended with its JVM: it is the remains of a crash. */
    private void endLeftover() {
        directory.detached().ifPresent(running -> {
            throw new LocalServiceException(
                    "Cannot start %s: it is already running at %s:%d (process %d) and lives until stopped; attach to it, or stop it first"
                            .formatted(name(), Server.LOOPBACK, running.port(), running.pid()));
        });
        directory
                .record()
                .ifPresent(leftover -> ServerProcess.found(directory, leftover).end());
    }

    private ServerProcess startOn(FileChannel lock) throws IOException {
        var prepared = recipe.prepare(directory);
        var guard = guard();
        for (var tried = 1; ; tried++) {
            var port = FreePort.next();
            var log = new ServerLog(directory.freshLog());
            var command = whole(guard, prepared, port);
            var child = Guardian.start(Surroundings.of(command, directory, log.file()), name());
            var record = new ProcessRecord(child.pid(), port, lifetime);
            var failure = failure(child, record, log);
            if (failure.isEmpty()) {
                return running(record, lock, guard);
            }
            directory.deleteRecord();
            if (tried == PORTS_TRIED || !log.saysPortTaken()) {
                throw new LocalServiceException("Cannot start %s: %s%s".formatted(name(), failure.get(), log.told()));
            }
        }
    }

    private ServerProcess running(ProcessRecord record, FileChannel lock, List<String> guard) {
        if (lifetime == Lifetime.UNTIL_STOPPED) {
            ServerProcess.release(lock);
            return ServerProcess.found(directory, record);
        }
        var process = ServerProcess.owned(directory, record, lock);
        if (guard.isEmpty()) {
            // The next best; after a kill -9 the next start finds the leftover by its record.
            Runtime.getRuntime().addShutdownHook(new Thread(process::end, "tandem-end-" + name()));
        }
        return process;
    }

    /**
     * A session of its own keeps Ctrl-C from reaching the server ahead of us, who still have work to finish with it. The
     * guard stands innermost: the kernel forgets a death signal when a process changes its user.
     */
    private static List<String> whole(List<String> guard, Prepared prepared, int port) throws IOException {
        var guarded = new ArrayList<>(guard);
        guarded.addAll(prepared.command().on(port));
        var whole = new ArrayList<String>();
        Tools.find("setsid").ifPresent(whole::add);
        whole.addAll(prepared.account().run(guarded));
        return whole;
    }

    /** What makes the kernel end the server when we die; empty if not wanted, or if this machine cannot. */
    private List<String> guard() {
        var guard = List.of("setpriv", "--pdeathsig", recipe.kind().stopSignal().name(), "--");
        var probe = new ArrayList<>(guard);
        probe.add("true");
        return lifetime == Lifetime.WITH_THIS_JVM && Tools.works(probe) ? guard : List.of();
    }

    /** Why it did not become ready, with the hint; empty if it did. Whatever happens, a child that is not ready is ended. */
    private Optional<String> failure(Process child, ProcessRecord record, ServerLog log) throws IOException {
        var ready = false;
        try {
            directory.write(record);
            var reason = reasonNotReady(child, log);
            ready = reason.isEmpty();
            return reason;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the wait for it was interrupted; start it again");
        } finally {
            if (!ready) {
                child.destroyForcibly().onExit().join();
            }
        }
    }

    private Optional<String> reasonNotReady(Process child, ServerLog log) throws InterruptedException {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            if (child.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return Optional.of(reasonOfEnd(child, log));
            }
            if (log.says(recipe.kind().readyLine())) {
                return Optional.empty();
            }
        }
        return Optional.of("it was not ready within %d s; try again when the machine is less busy"
                .formatted(READY_WITHIN.toSeconds()));
    }

    private static String reasonOfEnd(Process child, ServerLog log) {
        return log.firstMatch(MISSING_LIBRARY)
                .map(
                        "this machine lacks %s; install the package that has it, or point the profile at an existing server"
                                ::formatted)
                .orElseGet(() -> "it ended with code %d before it was ready; fix what it said and start again"
                        .formatted(child.exitValue()));
    }

    private String name() {
        return recipe.kind().word();
    }
}
