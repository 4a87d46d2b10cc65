package dev.tandem.app.lineage;

import dev.tandem.store.DatabaseAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run reads or writes, named as OpenLineage's naming rules ask.
 *
 * @param view the view whose rows it holds; empty for anything else
 * @param assertions what a comparison says of it
 */
public record Dataset(String namespace, String name, String view, List<Assertion> assertions) {
    /** A test that a dataset has passed or not. */
    public record Assertion(String assertion, boolean success) {}

    public Dataset {
        assertions = List.copyOf(assertions);
    }

    private static Dataset of(String namespace, String name) {
        return new Dataset(namespace, name, "", List.of());
    }

    static Dataset topic(String bootstrap, String topic) {
        return of("kafka://" + bootstrap.split(",")[0], topic);
    }

    static Dataset folder(Path folder) {
        return of("file", folder.toAbsolutePath().normalize().toString());
    }

    static Dataset elsewhere(String address) {
        return of("file", address);
    }

    static Dataset table(DatabaseAddress address, String table) {
        if (address instanceof DatabaseAddress.MySql it) {
            var server = it.server();
            return of("mysql://%s:%d".formatted(server.host(), server.port()), server.database() + "." + table);
        }
        if (address instanceof DatabaseAddress.Postgres it) {
            var server = it.server();
            return of(
                    "postgres://%s:%d".formatted(server.host(), server.port()),
                    "%s.public.%s".formatted(server.database(), table));
        }
        return of(address.told(), table);
    }

    Dataset ofView(String name) {
        return new Dataset(namespace, this.name, name, assertions);
    }

    Dataset with(List<Assertion> more) {
        return new Dataset(namespace, name, view, more);
    }
}
