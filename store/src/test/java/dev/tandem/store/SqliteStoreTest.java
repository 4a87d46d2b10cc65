package dev.tandem.store;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    static Path directory = Path.of("");

    @Override
    Optional<String> hangingUp() {
        return Optional.empty();
    }

    /** Its columns take text of any length. */
    @Override
    boolean limitsText() {
        return false;
    }

    @Override
    DatabaseAddress address() {
        return new DatabaseAddress.Sqlite(directory.resolve("store.db"));
    }
}
