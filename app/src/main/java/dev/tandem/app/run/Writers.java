package dev.tandem.app.run;

import dev.tandem.app.environment.GivenAddress;
import dev.tandem.engine.EngineException;
import dev.tandem.engine.source.SchemaRegistry;
import dev.tandem.model.Format;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.model.reading.SubjectFields;
import dev.tandem.model.record.AvroFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The schema registry that has the schemas of a pipeline's Avro records. */
public final class Writers {
    private final SchemaRegistry registry;
    private final Path folder;

    private Writers(SchemaRegistry registry, Path folder) {
        this.registry = registry;
        this.folder = folder;
    }

    private static Writers of(Hosting hosting, String whose) {
        var address = hosting.environment()
                .schemaRegistry()
                .map(GivenAddress::address)
                .orElseThrow(() -> new EngineException(
                        "Cannot read %s: no schema registry is given; set SCHEMA_REGISTRY_URL, in the environment or in .env"
                                .formatted(whose)));
        // Of one registry: another one may have other schemas under the same ids.
        var name = UUID.nameUUIDFromBytes(address.url().toString().getBytes(StandardCharsets.UTF_8));
        var folder = hosting.workspace().schemas(name.toString());
        return new Writers(new SchemaRegistry(address, folder), folder);
    }

    /** The same definition with the registry that is given to {@code hosting}, if its records need one. */
    static Pipeline connected(Hosting hosting, Pipeline pipeline) {
        var format = pipeline.source().format();
        if (format.kind() != Format.Kind.AVRO || format.knowsWriters()) {
            return pipeline;
        }
        return pipeline.reading(
                format.writtenBy(of(hosting, "the Avro records of '%s'".formatted(pipeline.name())).registry));
    }

    /** The fields of subjects in the registry that is given to {@code hosting}; while it is away, as they were the last time. */
    public static SubjectFields fields(Hosting hosting) {
        return subject -> of(hosting, "the fields of '%s'".formatted(subject)).fields(subject);
    }

    private String fields(String subject) {
        var kept = folder.resolve("fields-of-" + UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8)));
        try {
            var latest = registry.latest(subject)
                    .orElseThrow(() -> new EngineException(
                            "Cannot take fields from the schema registry: it has no subject '%s' of Avro; register it, or name the fields in 'schema'"
                                    .formatted(subject)));
            var fields = AvroFields.of(latest);
            Files.createDirectories(folder);
            Files.writeString(kept, fields);
            return fields;
        } catch (EngineException away) {
            if (away.retryable() && Files.exists(kept)) {
                return read(kept);
            }
            throw away;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s: %s".formatted(kept, Reason.of(e)), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(file, Reason.of(e)), e);
        }
    }
}
