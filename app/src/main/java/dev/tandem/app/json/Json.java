package dev.tandem.app.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What {@code --json} answers with. */
public final class Json {
    private static final int SCHEMA_VERSION = 1;

    private Json() {}

    /** An empty document of a verb; within a schema version keys are only added. */
    public static ObjectNode document(String verb) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", SCHEMA_VERSION)
                .put("verb", verb);
    }
}
