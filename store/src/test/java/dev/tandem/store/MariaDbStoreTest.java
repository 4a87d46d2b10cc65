package dev.tandem.store;

import dev.tandem.servers.Lifetime;
import dev.tandem.servers.MariaDb;
import dev.tandem.servers.Places;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

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

    @AfterAll
    void stop() throws IOException {
        server.stop();
        LocalPlaces.delete(places);
    }
}
