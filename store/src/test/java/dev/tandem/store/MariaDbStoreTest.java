package dev.tandem.store;

import dev.tandem.servers.Lifetime;
import dev.tandem.servers.MariaDb;
import dev.tandem.servers.Places;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MariaDbStoreTest extends StoreContract {
    private final Places places = LocalPlaces.fresh();
    private final MariaDb server = MariaDb.start(places, Lifetime.WITH_THIS_JVM);

    @Override
    Optional<String> hangingUp() {
        return Optional.of(
                "select concat('kill ', id) as said from information_schema.processlist where id <> connection_id()");
    }

    @Override
    DatabaseAddress address() {
        return new DatabaseAddress.MySql(LocalPlaces.server(server.address(), server.login()));
    }

    /** Its DOUBLE is always finite. */
    @Override
    @Nullable
    Double asStored(Double number) {
        return Double.isFinite(number) ? number : null;
    }

    @Test
    void needsNoRightToCreateWhereTheTablesAreThere() throws IOException {
        var rights = new LeastRights(address(), as(LeastRights.OWNER), as(LeastRights.RUNNER));
        dropTheTables();
        rights.grantAsDocumented("MySQL and MariaDB", List.of());
        rights.areEnough();
        spoil();
    }

    private DatabaseAddress as(DatabaseAddress.Login login) {
        var here = LocalPlaces.server(server.address(), server.login());
        return new DatabaseAddress.MySql(new DatabaseAddress.Server(here.host(), here.port(), here.database(), login));
    }

    @AfterAll
    void stop() throws IOException {
        server.stop();
        LocalPlaces.delete(places);
    }
}
