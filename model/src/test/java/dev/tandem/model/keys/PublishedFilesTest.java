package dev.tandem.model.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** The JSON Schema and the reference are what the descriptions of the keys give. {@code ./dev golden} writes both anew. */
class PublishedFilesTest {
    private static final Path SCHEMA = Path.of("../docs/pipeline.schema.json");
    private static final Path REFERENCE = Path.of("../docs/definition.md");

    @Test
    void theSchemaIsWrittenFromTheKeys() throws IOException {
        check(SCHEMA, SchemaText.of(DefinitionKeys.ALL));
    }

    @Test
    void theTablesOfTheReferenceAreWrittenFromTheKeys() throws IOException {
        check(REFERENCE, new ReferenceTables(DefinitionKeys.ALL).renewed(Files.readString(REFERENCE)));
    }

    @Test
    void theReferenceShowsEveryKey() throws IOException {
        var shown = new HashSet<>(new ReferenceTables(DefinitionKeys.ALL).shown(Files.readString(REFERENCE)));
        assertThat(DefinitionKeys.ALL.reachable().stream()
                        .filter(section -> !section.equals(DefinitionKeys.PROFILE))
                        .flatMap(section -> section.names().stream().map(key -> section.name() + ":" + key)))
                .allSatisfy(key -> assertThat(shown)
                        .anySatisfy(it -> assertThat(describes(it, key)).isTrue()));
    }

    /** A key that several sections share is shown once. */
    private static boolean describes(String shown, String wanted) {
        return key(shown).equals(key(wanted));
    }

    private static Key key(String place) {
        var parts = place.split(":");
        return DefinitionKeys.ALL.reachable().stream()
                .filter(section -> section.name().equals(parts[0]))
                .findFirst()
                .orElseThrow()
                .key(parts[1]);
    }

    private static void check(Path file, String text) throws IOException {
        if (Boolean.getBoolean("golden.renew")) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file)).isEqualTo(text);
    }
}
