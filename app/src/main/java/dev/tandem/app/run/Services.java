package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.local.Database;
import dev.tandem.local.KafkaBroker;
import dev.tandem.local.Lifetime;
import dev.tandem.local.LocalService;
import dev.tandem.local.LocalServices;
import dev.tandem.local.MariaDb;
import dev.tandem.local.PostgreSql;
import dev.tandem.model.Pipeline;
import dev.tandem.store.DatabaseAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The servers that a pipeline names, started here or found running. A name in a definition ({@code mysql}, {@code postgres},
 * {@code sqlite}) stands for whatever server plays that part.
 */
public final class Services implements AutoCloseable {
    private final Workspace workspace;
    private final List<LocalService> services;

    private Services(Workspace workspace, List<LocalService> services) {
        this.workspace = workspace;
        this.services = services;
    }

    /** Starts what {@code pipeline} needs, side by side; each lives as {@code lifetime} says. */
    public static Services start(Workspace workspace, Pipeline pipeline, Lifetime lifetime, Narrator narrator) {
        return start(workspace, needed(pipeline), lifetime, narrator);
    }

    /** Starts the pipeline's databases only, for whoever just reads its tables. */
    static Services databases(Workspace workspace, Pipeline pipeline, Narrator narrator) {
        return start(workspace, neededDatabases(pipeline), Lifetime.WITH_THIS_JVM, narrator);
    }

    private static Services start(Workspace workspace, List<String> needed, Lifetime lifetime, Narrator narrator) {
        var running = attached(workspace);
        var services = new Services(workspace, new ArrayList<>(running));
        var threads = Executors.newCachedThreadPool(Services::daemon);
        var starting = needed.stream()
                .filter(kind ->
                        running.stream().noneMatch(service -> service.name().equals(kind)))
                .map(kind -> CompletableFuture.supplyAsync(() -> started(workspace, kind, lifetime, narrator), threads))
                .toList();
        try {
            starting.forEach(it -> services.services.add(it.join()));
        } catch (CompletionException e) {
            starting.forEach(Services::stopWhenStarted);
            services.close();
            throw e.getCause() instanceof RuntimeException ours ? ours : e;
        } finally {
            threads.shutdown();
        }
        return services;
    }

    /** Uses what {@code up} left running; an error says what is missing. */
    public static Services running(Workspace workspace, Pipeline pipeline) {
        var services = attached(workspace);
        for (var kind : needed(pipeline)) {
            if (services.stream().noneMatch(service -> service.name().equals(kind))) {
                throw new EngineException("Cannot run '%s': its %s is not running; start it with ./tandem up %s"
                        .formatted(pipeline.name(), kind, pipeline.name()));
            }
        }
        return new Services(workspace, new ArrayList<>(services));
    }

    /** The servers that {@code up} left running. */
    public static List<LocalService> attached(Workspace workspace) {
        return LocalServices.attach(workspace.places().home());
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

    private static LocalService started(Workspace workspace, String kind, Lifetime lifetime, Narrator narrator) {
        long begun = System.nanoTime();
        LocalService service = switch (kind) {
            case "kafka" -> KafkaBroker.start(workspace.places(), lifetime);
            case "mariadb" -> MariaDb.start(workspace.places(), lifetime);
            default -> PostgreSql.start(workspace.places(), lifetime);
        };
        narrator.tell("%s is up at %s (%.1f s)".formatted(kind, service.address(), (System.nanoTime() - begun) / 1e9));
        return service;
    }

    /** The kinds of servers a pipeline needs; SQLite needs none. */
    private static List<String> needed(Pipeline pipeline) {
        return Stream.concat(Stream.of("kafka"), neededDatabases(pipeline).stream())
                .toList();
    }

    private static List<String> neededDatabases(Pipeline pipeline) {
        return pipeline.databases().stream()
                .map(Services::kind)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static Optional<String> kind(String database) {
        return switch (database) {
            case "mysql", "mariadb" -> Optional.of("mariadb");
            case "postgres", "postgresql" -> Optional.of("postgresql");
            case "sqlite" -> Optional.empty();
            default ->
                throw new EngineException(
                        "Cannot find a database for '%s': no server plays that part; use mysql, postgres or sqlite in the definition"
                                .formatted(database));
        };
    }

    /** Kafka's {@code host:port}. */
    public String bootstrap() {
        return services.stream()
                .filter(KafkaBroker.class::isInstance)
                .map(it -> ((KafkaBroker) it).bootstrapServers())
                .findFirst()
                .orElseThrow();
    }

    /** The database that plays the part of {@code name}. */
    public DatabaseAddress database(String name) {
        var kind = kind(name);
        if (kind.isEmpty()) {
            return new DatabaseAddress.Sqlite(workspace.sqlite(name));
        }
        var found = services.stream()
                .filter(service -> service.name().equals(kind.get()))
                .map(Database.class::cast)
                .findFirst()
                .orElseThrow();
        var address = URI.create("tcp://" + found.address());
        var login =
                new DatabaseAddress.Login(found.login().user(), found.login().password());
        var server = new DatabaseAddress.Server(
                address.getHost(), address.getPort(), found.login().database(), login);
        return found instanceof MariaDb ? new DatabaseAddress.MySql(server) : new DatabaseAddress.Postgres(server);
    }

    /** Lets go of the servers; those that live with this process end. */
    @Override
    public void close() {
        services.forEach(LocalService::close);
        services.clear();
    }
}
