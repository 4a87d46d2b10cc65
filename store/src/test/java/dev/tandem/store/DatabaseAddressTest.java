package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.store.DatabaseAddress.Login;
import dev.tandem.store.DatabaseAddress.Postgres;
import dev.tandem.store.DatabaseAddress.Server;
import dev.tandem.store.DatabaseAddress.Sqlite;
import dev.tandem.store.DatabaseAddress.Transport;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
    private static final Login LOGIN = new Login("ada", "canary-secret");

    @Test
    void tellsEverythingButThePassword() {
        var address = new Postgres(new Server("db.example.org", 5432, "shop", LOGIN));
        assertThat(address.told()).isEqualTo("postgres://ada@db.example.org:5432/shop");
        assertThat(address.toString()).contains("ada").doesNotContain("canary-secret");
    }

    @Test
    void asksForTlsBeyondThisMachine() {
        assertThat(new Server("db.example.org", 5432, "shop", LOGIN).transport())
                .isEqualTo(Transport.VERIFIED);
        assertThat(new Server("127.evil.example.org", 5432, "shop", LOGIN).transport())
                .isEqualTo(Transport.VERIFIED);
        assertThat(new Server("127.0.0.1", 5432, "shop", LOGIN).transport()).isEqualTo(Transport.PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop?autoDeserialize=true", "shop&allowLoadLocalInfile=true", "a/b", "a;b", "", "-a"})
    void refusesADatabaseNameThatCarriesSettings(String name) {
        assertThatThrownBy(() -> new Server("localhost", 3306, name, LOGIN))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "Cannot use '%s' as a database's name: only letters, digits, _ and - are taken, 63 at most; choose another"
                                .formatted(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h/db?socketFactory=x", "a,b", "h;x", "", "h(x)"})
    void refusesAHostThatIsMoreThanAHost(String host) {
        assertThatThrownBy(() -> new Server(host, 3306, "shop", LOGIN)).isInstanceOf(StoreException.class);
    }

    @Test
    void refusesAFileNameThatCarriesSettings() {
        assertThatThrownBy(() -> new Sqlite("a.db?enable_load_extension=true"))
                .hasMessage(
                        "Cannot use a.db?enable_load_extension=true as an SQLite file: ? and # begin driver settings; rename it");
    }

    @Test
    void saysThatADatabaseCannotBeReachedAndThatThisMayPass() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var address = new Postgres(new Server("127.0.0.1", port, "shop", LOGIN));
        assertThatThrownBy(address::open)
                .isInstanceOfSatisfying(
                        StoreException.class, it -> assertThat(it.retryable()).isTrue())
                .hasMessageStartingWith(
                        "Cannot open a connection in postgres://ada@127.0.0.1:%d/shop: ".formatted(port))
                .hasMessageEndingWith("; check that the database runs and is reachable");
    }
}
