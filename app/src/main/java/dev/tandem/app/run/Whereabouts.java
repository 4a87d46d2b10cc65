package dev.tandem.app.run;

import dev.tandem.app.environment.GivenDatabase;
import dev.tandem.engine.EngineException;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.servers.Database;
import dev.tandem.servers.Lifetime;
import dev.tandem.servers.LocalService;
import dev.tandem.servers.LocalServices;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.DatabaseKind;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the tables, topics and reports of pipelines for reading: in the state folder or in the demo's inside it, on external
 * servers, on servers that {@code up} left running, or that another process has started. The database of an ended run is started
 * for reading only if that was asked for, and stops when this is closed.
 */
public final class Whereabouts implements AutoCloseable {
    /** What to do about a database whose server is not running. */
    public enum Idle {
        /** Start its server, for as long as this lives. */
        STARTED,
        /** Leave it: somebody else is about to start it. */
        LEFT
    }

    private final Idle idle;
    private final Narrator narrator;
    private final Map<Path, CompletableFuture<LocalService>> starting = new HashMap<>();
    private final Map<Path, Closeable> claims = new ConcurrentHashMap<>();

    public Whereabouts(Idle idle, Narrator narrator) {
        this.idle = idle;
        this.narrator = narrator;
    }

    /** The state folder in which {@code pipeline} ran last; another one after a demo. */
    public Path home(Hosting hosting, Pipeline pipeline) {
        return hosting.workspace().latest(pipeline.name()).home();
    }

    /** Whether a run of {@code pipeline} was ever here or in the demo's folder. */
    public static boolean hasRun(Hosting hosting, Pipeline pipeline) {
        return hosting.workspace().latest(pipeline.name()).noted(pipeline.name());
    }

    /** The last {@code report.json} of {@code pipeline}, which need not be there. */
    public Path report(Hosting hosting, Pipeline pipeline) {
        return hosting.workspace()
                .latest(pipeline.name())
                .report(pipeline.name())
                .resolve(LatestReport.FILE);
    }

    /**
     * The database that plays the part of {@code name} for {@code pipeline}; empty before anything was stored there.
     *
     * @throws EngineException if it is there but cannot be read now
     */
    public Optional<DatabaseAddress> database(Hosting hosting, Pipeline pipeline, String name) {
        var latest = hosting.workspace().latest(pipeline.name());
        var part = ServiceRole.of(name);
        if (part.isEmpty()) {
            var file = latest.databaseFile(name);
            return Files.exists(file) ? Optional.of(DatabaseAddress.in(file)) : Optional.empty();
        }
        var given = latest.equals(hosting.workspace()) ? given(hosting, part.get()) : Optional.<DatabaseAddress>empty();
        return given.or(() ->
                service(latest, pipeline, part.get()).map(Database.class::cast).map(GivenDatabase::of));
    }

    private static Optional<DatabaseAddress> given(Hosting hosting, ServiceRole part) {
        var kind = part == ServiceRole.MARIADB ? DatabaseKind.MYSQL : DatabaseKind.POSTGRES;
        return hosting.environment().database(kind).map(it -> it.address());
    }

    /** The broker that {@code pipeline} would use; empty where none is running. */
    public Optional<KafkaAddress> broker(Hosting hosting, Pipeline pipeline) {
        var latest = hosting.workspace().latest(pipeline.name());
        var given = latest.equals(hosting.workspace())
                ? hosting.environment().kafka().map(it -> it.address())
                : Optional.<KafkaAddress>empty();
        return given.or(() -> running(latest, ServiceRole.KAFKA).map(it -> KafkaAddress.plain(it.address())));
    }

    private Optional<LocalService> service(Workspace latest, Pipeline pipeline, ServiceRole part) {
        var running = running(latest, part);
        if (running.isPresent() || !latest.noted(pipeline.name()) || !Files.isDirectory(data(latest, part))) {
            return running;
        }
        if (idle == Idle.LEFT) {
            throw new EngineException(
                    "Cannot read what '%s' has stored: its %s is not running; start it with ./tandem up %s, or end this and look with ./tandem serve"
                            .formatted(pipeline.name(), part.word(), pipeline.name()));
        }
        return Optional.of(started(latest, pipeline, part));
    }

    private static Optional<LocalService> running(Workspace workspace, ServiceRole part) {
        return LocalServices.running(workspace.places().home()).stream()
                .filter(service -> service.name().equals(part.word()))
                .findFirst();
    }

    private static Path data(Workspace workspace, ServiceRole part) {
        return workspace.places().home().resolve(part.word()).resolve("data");
    }

    private synchronized LocalService started(Workspace workspace, Pipeline pipeline, ServiceRole part) {
        var place = data(workspace, part);
        var start = starting.computeIfAbsent(place, it -> CompletableFuture.supplyAsync(() -> start(workspace, part)));
        if (!start.isDone()) {
            throw new EngineException(
                    "Cannot read what '%s' has stored yet: its %s is being started for that; it takes some seconds"
                            .formatted(pipeline.name(), part.word()));
        }
        try {
            return start.join();
        } catch (CompletionException e) {
            starting.remove(place);
            throw e.getCause() instanceof RuntimeException ours ? ours : e;
        }
    }

    private LocalService start(Workspace workspace, ServiceRole part) {
        claim(workspace);
        var service = part.start(workspace.places(), Lifetime.WITH_THIS_JVM);
        narrator.tell("%s is up to show what is stored in %s".formatted(part.word(), workspace.home()));
        return service;
    }

    /** A demo empties its folder when it begins: not under a server that reads it. */
    private void claim(Workspace workspace) {
        claims.computeIfAbsent(
                workspace.home(),
                home -> workspace
                        .claimed()
                        .orElseThrow(() -> new EngineException(
                                "Cannot read %s now: a demo is at work there; look again when its servers are up"
                                        .formatted(home))));
    }

    /** Starts the databases that {@code pipeline} has left lying, and waits until they can be read. */
    public void await(Hosting hosting, Pipeline pipeline) {
        for (var name : pipeline.databases()) {
            var latest = hosting.workspace().latest(pipeline.name());
            var part = ServiceRole.of(name);
            if (part.isPresent()
                    && latest.noted(pipeline.name())
                    && given(hosting, part.get()).isEmpty()) {
                begun(latest, part.get()).forEach(CompletableFuture::join);
            }
        }
    }

    private synchronized List<CompletableFuture<LocalService>> begun(Workspace latest, ServiceRole part) {
        if (idle == Idle.LEFT || running(latest, part).isPresent() || !Files.isDirectory(data(latest, part))) {
            return List.of();
        }
        return List.of(starting.computeIfAbsent(
                data(latest, part), it -> CompletableFuture.supplyAsync(() -> start(latest, part))));
    }

    /** The servers of this machine that are running for {@code workspace} or for the demo inside it. */
    public static List<LocalService> running(Workspace workspace) {
        var all = new ArrayList<LocalService>(
                LocalServices.running(workspace.places().home()));
        all.addAll(LocalServices.running(workspace.inside("demo").places().home()));
        return all;
    }

    @Override
    public synchronized void close() {
        starting.values().forEach(Whereabouts::stopWhenStarted);
        starting.clear();
        try {
            for (var claim : claims.values()) {
                claim.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot let go of a state folder: " + Reason.of(e), e);
        }
        claims.clear();
    }

    private static void stopWhenStarted(CompletableFuture<LocalService> start) {
        var stopping = start.thenAccept(LocalService::stop).handle((done, failure) -> failure);
        stopping.join();
    }
}
