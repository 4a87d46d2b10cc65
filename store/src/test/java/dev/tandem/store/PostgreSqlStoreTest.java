package dev.tandem.store;

import dev.tandem.servers.Lifetime;
import dev.tandem.servers.Places;
import dev.tandem.servers.PostgreSql;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgreSqlStoreTest extends StoreContract {
    private final Places places = LocalPlaces.fresh();
    private final PostgreSql server = PostgreSql.start(places, Lifetime.WITH_THIS_JVM);

    @Override
    Optional<String> hangingUp() {
        return Optional.of(
                "select 'select pg_terminate_backend(' || pid || ')' as said from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()");
    }

    @Override
    DatabaseAddress address() {
        return new DatabaseAddress.Postgres(LocalPlaces.server(server.address(), server.login()));
    }

    @Override
    @Nullable
    String asStored(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\u2400');
    }

    @Test
    void needsNoRightToCreateWhereTheTablesAreThere() throws IOException {
        var rights = new LeastRights(address(), as(LeastRights.OWNER), as(LeastRights.RUNNER));
        dropTheTables();
        rights.grantAsDocumented("PostgreSQL", List.of("set createrole_self_grant = 'set, inherit'"));
        rights.areEnough();
        spoil();
    }

    private DatabaseAddress as(DatabaseAddress.Login login) {
        var here = LocalPlaces.server(server.address(), server.login());
        return new DatabaseAddress.Postgres(
                new DatabaseAddress.Server(here.host(), here.port(), here.database(), login));
    }

    @AfterAll
    void stop() throws IOException {
        server.stop();
        LocalPlaces.delete(places);
    }
}
