package dev.tandem.app.run;

import dev.tandem.app.doctor.Finding;
import dev.tandem.app.environment.Environment;
import dev.tandem.app.environment.GivenDatabase;
import dev.tandem.app.lineage.Endpoint;
import dev.tandem.engine.EngineException;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.segments.SegmentPlace;
import dev.tandem.servers.Database;
import dev.tandem.servers.Lifetime;
import dev.tandem.servers.LocalService;
import dev.tandem.servers.LocalServices;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.DatabaseKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The servers that a pipeline names: external ones, and for the rest local ones, started here or found running. A name in a
 * definition ({@code mysql}, {@code postgres}, {@code sqlite}) means the server that provides that service. External servers are
 * waited for, used, and never stopped.
 */
public final class Services implements AutoCloseable {
    /** Long enough for a container that starts at the same time as we do. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * A server as it is shown to users.
     *
     * @param from who runs it: {@code local}, or what gave it
     */
    public record Described(String name, String address, String from) {}

    private final Hosting hosting;
    private final List<LocalService> services;
    private final boolean kept;

    private Services(Hosting hosting, List<LocalService> services) {
        this(hosting, services, true);
    }

    private Services(Hosting hosting, List<LocalService> services, boolean kept) {
        this.hosting = hosting;
        this.services = services;
        this.kept = kept;
    }

    /** Starts what {@code pipeline} needs, side by side; each lives as {@code lifetime} says. */
    public static Services start(Hosting hosting, Pipeline pipeline, Lifetime lifetime, Narrator narrator) {
        return start(hosting, needed(pipeline), lifetime, narrator);
    }

    public static Services start(Workspace workspace, Pipeline pipeline, Lifetime lifetime, Narrator narrator) {
        return start(Hosting.local(workspace), pipeline, lifetime, narrator);
    }

    /** The pipeline's databases only, for whoever just reads its tables: those that run, whoever they live with, else new ones. */
    static Services databases(Hosting hosting, Pipeline pipeline, Narrator narrator) {
        var running = LocalServices.running(hosting.workspace().places().home());
        boolean all = neededDatabases(pipeline).stream()
                .allMatch(part -> part.given(hosting.environment()).isPresent() || plays(running, part));
        if (all) {
            return new Services(hosting, running, false);
        }
        return start(hosting, neededDatabases(pipeline), Lifetime.WITH_THIS_JVM, narrator);
    }

    /** The pipeline's databases, whoever they live with, for whoever asks beside them; an error says what is missing. */
    static Services seen(Hosting hosting, Pipeline pipeline) {
        var running = LocalServices.running(hosting.workspace().places().home());
        for (var part : neededDatabases(pipeline)) {
            if (part.given(hosting.environment()).isEmpty() && !plays(running, part)) {
                throw new EngineException(
                        "Cannot read what '%s' has stored: its %s is not running; start it with ./tandem up %s"
                                .formatted(pipeline.name(), part.word(), pipeline.name()));
            }
        }
        return new Services(hosting, running, false);
    }

    static Services databases(Workspace workspace, Pipeline pipeline, Narrator narrator) {
        return databases(Hosting.local(workspace), pipeline, narrator);
    }

    private static Services start(Hosting hosting, List<ServiceRole> needed, Lifetime lifetime, Narrator narrator) {
        var running = attached(hosting.workspace());
        var missing = needed.stream()
                .filter(part -> part.given(hosting.environment()).isEmpty() && !plays(running, part))
                .toList();
        if (!missing.isEmpty()) {
            narrator.tell("starting %s here, and waiting until each takes connections".formatted(words(missing)));
        }
        var services = new Services(hosting, new ArrayList<>(running));
        var threads = Executors.newCachedThreadPool(Services::daemon);
        var starting = missing.stream()
                .map(part -> CompletableFuture.supplyAsync(
                        () -> started(hosting.workspace(), part, lifetime, narrator), threads))
                .toList();
        try {
            awaitGiven(needed, hosting.environment(), narrator);
            starting.forEach(it -> services.services.add(it.join()));
        } catch (RuntimeException e) {
            starting.forEach(Services::stopWhenStarted);
            services.close();
            throw e instanceof CompletionException && e.getCause() instanceof RuntimeException ours ? ours : e;
        } finally {
            threads.shutdown();
        }
        return services;
    }

    private static String words(List<ServiceRole> parts) {
        return parts.stream().map(ServiceRole::word).collect(Collectors.joining(", "));
    }

    private static boolean plays(List<LocalService> services, ServiceRole part) {
        return services.stream().anyMatch(service -> service.name().equals(part.word()));
    }

    private static void awaitGiven(List<ServiceRole> needed, Environment environment, Narrator narrator) {
        for (var part : needed) {
            part.given(environment).ifPresent(given -> {
                narrator.tell("waiting for %s at %s (%s), which others run"
                        .formatted(part.word(), given.address(), given.from()));
                var finding = ready(part, environment);
                if (finding.level() != Finding.Level.PASS) {
                    throw new EngineException(
                            "Cannot use the %s of %s: %s; fix that, or leave the variable out and have a server of this machine"
                                    .formatted(part.word(), given.from(), finding.value()));
                }
                narrator.tell(finding.value());
            });
        }
    }

    private static Finding ready(ServiceRole part, Environment environment) {
        try {
            return part.ready(environment, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(
                    "Cannot wait for %s: the wait was interrupted; run it again".formatted(part.word()), e);
        }
    }

    /** Uses what {@code up} left running and what others run; an error says what is missing. */
    public static Services running(Hosting hosting, Pipeline pipeline) {
        var services = attached(hosting.workspace());
        for (var part : needed(pipeline)) {
            if (part.given(hosting.environment()).isEmpty() && !plays(services, part)) {
                throw new EngineException("Cannot run '%s': its %s is not running; start it with ./tandem up %s"
                        .formatted(pipeline.name(), part.word(), pipeline.name()));
            }
        }
        return new Services(hosting, new ArrayList<>(services));
    }

    /** The same, after each of them has answered. */
    static Services reached(Hosting hosting, Pipeline pipeline) {
        var services = running(hosting, pipeline);
        new Reachability(services).require(pipeline);
        return services;
    }

    public static Services running(Workspace workspace, Pipeline pipeline) {
        return running(Hosting.local(workspace), pipeline);
    }

    /** The servers that {@code up} left running. */
    public static List<LocalService> attached(Workspace workspace) {
        return LocalServices.attach(workspace.places().home());
    }

    /** What {@code up} left running, and what others run for {@code pipeline}. */
    public static List<Described> described(Hosting hosting, Pipeline pipeline) {
        var local = attached(hosting.workspace()).stream()
                .map(service -> new Described(service.name(), service.address(), "local"));
        var given = needed(pipeline).stream()
                .flatMap(part -> part.given(hosting.environment()).stream()
                        .map(it -> new Described(part.word(), it.address(), it.from())));
        return Stream.concat(local, given).toList();
    }

    /** The names of the local servers that {@code pipeline} is missing: neither running nor given. */
    public static List<String> missing(Hosting hosting, Pipeline pipeline) {
        var running = attached(hosting.workspace());
        return needed(pipeline).stream()
                .filter(part -> part.given(hosting.environment()).isEmpty() && !plays(running, part))
                .map(ServiceRole::word)
                .toList();
    }

    private static void stopWhenStarted(CompletableFuture<LocalService> starting) {
        var stopping = starting.thenAccept(LocalService::stop).handle((done, failure) -> failure);
        stopping.join();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "tandem-start");
        thread.setDaemon(true);
        return thread;
    }

    private static LocalService started(Workspace workspace, ServiceRole part, Lifetime lifetime, Narrator narrator) {
        long begun = System.nanoTime();
        var service = part.start(workspace.places(), lifetime);
        narrator.tell(String.format(
                Locale.ROOT,
                "%s is up at %s (%.1f s)",
                part.word(),
                service.address(),
                (System.nanoTime() - begun) / 1e9));
        return service;
    }

    /** SQLite and DuckDB need no server, and a pipeline that reads files needs no broker unless it writes to a topic. */
    private static List<ServiceRole> needed(Pipeline pipeline) {
        boolean broker =
                pipeline.source().asKafka().isPresent() || !pipeline.topics().isEmpty();
        return Stream.concat(broker ? Stream.of(ServiceRole.KAFKA) : Stream.empty(), neededDatabases(pipeline).stream())
                .toList();
    }

    private static List<ServiceRole> neededDatabases(Pipeline pipeline) {
        return pipeline.databases().stream()
                .map(ServiceRole::of)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** The OpenLineage server that receives events about runs; empty if none is configured. */
    Optional<Endpoint> lineage() {
        return hosting.environment().lineage().map(it -> it.address());
    }

    /** The Kafka cluster; empty if the pipeline has none. */
    public Optional<KafkaAddress> broker() {
        return hosting.environment()
                .kafka()
                .map(it -> it.address())
                .or(() -> services.stream()
                        .filter(service -> service.name().equals(ServiceRole.KAFKA.word()))
                        .map(service -> KafkaAddress.plain(service.address()))
                        .findFirst());
    }

    /** The Kafka cluster of a pipeline that has one. */
    public KafkaAddress kafka() {
        return broker().orElseThrow();
    }

    /** Kafka's {@code host:port}, of a pipeline that has a broker. */
    public String bootstrap() {
        return kafka().bootstrap();
    }

    /** The folder of the state files. */
    SegmentPlace state() {
        return SegmentPlace.local(hosting.workspace().state());
    }

    /** The folder of a landed log. */
    SegmentPlace segments(Source.Landing.Segments landing) {
        return hosting.workspace().segments(landing);
    }

    /** The database that plays the part of {@code name}. */
    public DatabaseAddress database(String name) {
        var part = ServiceRole.of(name);
        if (part.isEmpty()) {
            return DatabaseAddress.in(hosting.workspace().database(name));
        }
        var kind = part.get() == ServiceRole.MARIADB ? DatabaseKind.MYSQL : DatabaseKind.POSTGRES;
        return hosting.environment()
                .database(kind)
                .map(it -> it.address())
                .orElseGet(() -> services.stream()
                        .filter(service -> service.name().equals(part.get().word()))
                        .map(service -> GivenDatabase.of((Database) service))
                        .findFirst()
                        .orElseThrow());
    }

    /** Lets go of the servers of this machine; those that live with this process end. */
    @Override
    public void close() {
        if (kept) {
            services.parallelStream().forEach(LocalService::close);
            services.clear();
        }
    }
}
