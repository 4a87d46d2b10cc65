package dev.tandem.engine.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.engine.EngineException;
import dev.tandem.model.Reason;
import dev.tandem.model.WriterSchemas;
import java.io.IOException;
import java.io.Serializable;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry that speaks Confluent's REST interface. What it has answered about an id is kept in a folder of the home, also that it
 * does not know the id: a batch must read what the stream has read, whatever is registered meanwhile and whether or not the registry
 * answers then.
 */
public final class SchemaRegistry implements WriterSchemas {
    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A subject, a version, a schema. */
    private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

    private static final int FIRST_OF_SERVER = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Where a registry is.
     *
     * @param login as in {@code user:password}; empty for none
     */
    public record Address(URI url, String login) implements Serializable {
        /** Without the login. */
        @Override
        public String toString() {
            return url.toString();
        }
    }

    private final Address address;
    private final String folder;
    private transient @Nullable HttpClient client;

    /** @param folder for what the registry has answered */
    public SchemaRegistry(Address address, Path folder) {
        this.address = address;
        this.folder = folder.toAbsolutePath().toString();
    }

    @Override
    public Optional<List<String>> texts(int id) {
        var file = Path.of(folder, "schema-%d.json".formatted(id));
        try {
            if (Files.exists(file)) {
                return kept(file);
            }
            var texts =
                    asked("/schemas/ids/" + id).filter(SchemaRegistry::isAvro).map(this::texts);
            keep(file, texts.orElse(List.of()));
            return texts;
        } catch (IOException e) {
            throw new EngineException(
                    "Cannot keep the schema %d in %s: %s; check the space and the rights of the folder"
                            .formatted(id, file, Reason.of(e)),
                    e);
        }
    }

    /** The texts of the latest version of a subject, which is asked for each time; empty if there is no such subject of Avro. */
    public Optional<List<String>> latest(String subject) {
        return asked("/subjects/%s/versions/latest".formatted(URLEncoder.encode(subject, StandardCharsets.UTF_8)))
                .filter(SchemaRegistry::isAvro)
                .map(this::texts);
    }

    private List<String> texts(JsonNode answer) {
        var texts = new LinkedHashMap<String, String>();
        addReferences(answer, texts);
        texts.put("", answer.path("schema").asText());
        return List.copyOf(texts.values());
    }

    private static Optional<List<String>> kept(Path file) throws IOException {
        var texts = new ArrayList<String>();
        JSON.readTree(file.toFile()).forEach(text -> texts.add(text.asText()));
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts);
    }

    private static void keep(Path file, List<String> texts) throws IOException {
        Files.createDirectories(file.getParent());
        var part = Files.createTempFile(file.getParent(), "schema", ".part");
        Files.write(part, JSON.writeValueAsBytes(texts));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isAvro(JsonNode answer) {
        return answer.path("schemaType").asText("AVRO").equals("AVRO");
    }

    /** The schemas that {@code answer} refers to, each behind those that it refers to itself. */
    private void addReferences(JsonNode answer, Map<String, String> texts) {
        for (var reference : answer.path("references")) {
            var name = reference.path("name").asText();
            if (!texts.containsKey(name)) {
                var subject = URLEncoder.encode(reference.path("subject").asText(), StandardCharsets.UTF_8);
                var path = "/subjects/%s/versions/%d"
                        .formatted(subject, reference.path("version").asInt());
                var referred = asked(path)
                        .orElseThrow(() -> new EngineException(
                                "Cannot read a schema that refers to '%s': the registry at %s has no %s; register it again"
                                        .formatted(name, address, path)));
                addReferences(referred, texts);
                texts.put(name, referred.path("schema").asText());
            }
        }
    }

    /** The answer to a question; empty if the registry knows no such schema. */
    private Optional<JsonNode> asked(String path) {
        var request = HttpRequest.newBuilder(URI.create(address.url() + path))
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
                .timeout(PATIENCE);
        if (!address.login().isEmpty()) {
            var login = Base64.getEncoder().encodeToString(address.login().getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + login);
        }
        try {
            return read(client().send(request.GET().build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw EngineException.passing(
                    "Cannot ask the schema registry at %s: %s; check SCHEMA_REGISTRY_URL and that it runs"
                            .formatted(address, Reason.of(e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Cannot ask the schema registry at %s: it was interrupted".formatted(address), e);
        }
    }

    private HttpClient client() {
        var known = client;
        if (known == null) {
            known = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            client = known;
        }
        return known;
    }

    private Optional<JsonNode> read(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == HttpURLConnection.HTTP_OK) {
            return Optional.of(json(response));
        }
        if (status == HttpURLConnection.HTTP_NOT_FOUND
                && NOT_FOUND.contains(json(response).path("error_code").asInt())) {
            return Optional.empty();
        }
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN) {
            throw new EngineException(
                    "Cannot ask the schema registry at %s: it refuses the login (%d); check SCHEMA_REGISTRY_USERNAME and SCHEMA_REGISTRY_PASSWORD"
                            .formatted(address, status));
        }
        var told = "Cannot ask the schema registry at %s for %s: it answers %d; check SCHEMA_REGISTRY_URL"
                .formatted(address, response.request().uri().getPath(), status);
        throw status >= FIRST_OF_SERVER || status == TOO_MANY_REQUESTS
                ? EngineException.passing(told, new IOException("status " + status))
                : new EngineException(told);
    }

    private JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new EngineException(
                    "Cannot ask the schema registry at %s: what answers there is none, its answer is no JSON; check SCHEMA_REGISTRY_URL"
                            .formatted(address),
                    e);
        }
    }
}
