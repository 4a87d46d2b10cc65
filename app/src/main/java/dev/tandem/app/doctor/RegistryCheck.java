package dev.tandem.app.doctor;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.source.SchemaRegistry;
import dev.tandem.model.Reason;
import java.nio.file.Path;

/** Whether a schema registry answers. */
public final class RegistryCheck {
    private static final String SUBJECT = "schema registry";
    /** Whether it has a schema for this does not matter. */
    private static final String ANY = "tandem-value";

    private RegistryCheck() {}

    /** The registry at {@code address}; nothing is kept under {@code home}. */
    public static Finding of(SchemaRegistry.Address address, Path home) {
        try {
            var unused = new SchemaRegistry(address, home).latest(ANY);
            return Finding.pass(SUBJECT, "%s answers".formatted(address));
        } catch (EngineException e) {
            return Finding.fail(SUBJECT, Reason.of(e), "records of Avro wait until it answers");
        }
    }

    /** Nobody has said where the registry is that {@code pipeline} needs. */
    public static Finding missing(String pipeline) {
        return Finding.fail(
                SUBJECT,
                "is not given, and '%s' reads Avro".formatted(pipeline),
                "set SCHEMA_REGISTRY_URL, in the environment or in .env");
    }
}
