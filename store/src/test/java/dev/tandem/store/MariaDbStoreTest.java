package dev.tandem.store;

import dev.tandem.local.Lifetime;
import dev.tandem.local.MariaDb;
import org.junit.jupiter.api.AfterAll;

class MariaDbStoreTest extends StoreContract {
    private final MariaDb server = MariaDb.start(LocalPlaces.fresh(), Lifetime.WITH_THIS_JVM);

    @Override
    DatabaseAddress address() {
        return new DatabaseAddress.MySql(LocalPlaces.server(server.address(), server.login()));
    }

    @AfterAll
    void stop() {
        server.stop();
    }
}
