package dev.tandem.store;

import dev.tandem.local.Lifetime;
import dev.tandem.local.PostgreSql;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

class PostgreSqlStoreTest extends StoreContract {
    private final PostgreSql server = PostgreSql.start(LocalPlaces.fresh(), Lifetime.WITH_THIS_JVM);

    @Override
    DatabaseAddress address() {
        return new DatabaseAddress.Postgres(LocalPlaces.server(server.address(), server.login()));
    }

    @Override
    @Nullable
    String asStored(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\u2400');
    }

    @AfterAll
    void stop() {
        server.stop();
    }
}
