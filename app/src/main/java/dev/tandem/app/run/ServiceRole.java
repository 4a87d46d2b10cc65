package dev.tandem.app.run;

import dev.tandem.app.doctor.Finding;
import dev.tandem.app.doctor.Readiness;
import dev.tandem.app.environment.Environment;
import dev.tandem.app.environment.GivenAddress;
import dev.tandem.engine.EngineException;
import dev.tandem.servers.KafkaBroker;
import dev.tandem.servers.Lifetime;
import dev.tandem.servers.LocalService;
import dev.tandem.servers.MariaDb;
import dev.tandem.servers.Places;
import dev.tandem.servers.PostgreSql;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.DatabaseKind;
import java.time.Duration;
import java.util.Optional;

/** The parts that a server can play for a pipeline: each is played by one of this machine's, or by one that others run. */
enum ServiceRole {
    KAFKA("kafka") {
        @Override
        LocalService start(Places places, Lifetime lifetime) {
            return KafkaBroker.start(places, lifetime);
        }

        @Override
        Optional<GivenAddress<String>> given(Environment environment) {
            return environment.kafka().map(it -> new GivenAddress<>(it.address().bootstrap(), it.from()));
        }

        @Override
        Finding ready(Environment environment, Duration patience) throws InterruptedException {
            return Readiness.kafka(environment.kafka().orElseThrow().address(), patience);
        }
    },
    MARIADB("mariadb") {
        @Override
        LocalService start(Places places, Lifetime lifetime) {
            return MariaDb.start(places, lifetime);
        }

        @Override
        Optional<GivenAddress<String>> given(Environment environment) {
            return environment.database(DatabaseKind.MYSQL).map(ServiceRole::told);
        }

        @Override
        Finding ready(Environment environment, Duration patience) throws InterruptedException {
            return databaseReady(environment, DatabaseKind.MYSQL, patience);
        }
    },
    POSTGRESQL("postgresql") {
        @Override
        LocalService start(Places places, Lifetime lifetime) {
            return PostgreSql.start(places, lifetime);
        }

        @Override
        Optional<GivenAddress<String>> given(Environment environment) {
            return environment.database(DatabaseKind.POSTGRES).map(ServiceRole::told);
        }

        @Override
        Finding ready(Environment environment, Duration patience) throws InterruptedException {
            return databaseReady(environment, DatabaseKind.POSTGRES, patience);
        }
    };

    private final String word;

    ServiceRole(String word) {
        this.word = word;
    }

    /** The name of this machine's server that plays it. */
    String word() {
        return word;
    }

    /** Starts one on this machine. */
    abstract LocalService start(Places places, Lifetime lifetime);

    /** The one that others run, as told to people; empty if none is given. */
    abstract Optional<GivenAddress<String>> given(Environment environment);

    /** Waits until the given one takes connections, at most {@code patience}. */
    abstract Finding ready(Environment environment, Duration patience) throws InterruptedException;

    private static GivenAddress<String> told(GivenAddress<DatabaseAddress> given) {
        return new GivenAddress<>(given.address().told(), given.from());
    }

    private static Finding databaseReady(Environment environment, DatabaseKind kind, Duration patience)
            throws InterruptedException {
        return Readiness.database(environment.database(kind).orElseThrow().address(), patience);
    }

    /** The part that a definition's {@code in: …} names; a file needs no server. */
    public static Optional<ServiceRole> of(String database) {
        if (Workspace.isFile(database)) {
            return Optional.empty();
        }
        return switch (database) {
            case "mysql", "mariadb" -> Optional.of(MARIADB);
            case "postgres", "postgresql" -> Optional.of(POSTGRESQL);
            case "sqlite", "duckdb" -> Optional.empty();
            default ->
                throw new EngineException(
                        "Cannot find a database for '%s': no server plays that part; use mysql, postgres, sqlite, duckdb or a file that ends in .db or .duckdb in the definition"
                                .formatted(database));
        };
    }
}
