package dev.tandem.app.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers as the documentation of Confluent's schema registry says: {@code /schemas/ids} and {@code /subjects/…/versions}. */
final class LocalRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGIN = "reader:s3cret";

    private final HttpServer server;
    private final Map<Integer, ObjectNode> schemas = new ConcurrentHashMap<>();
    /** By {@code subject/version}, and by {@code subject/latest}. */
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();

    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean away;

    LocalRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Map<String, String> variables() {
        return Map.of(
                "SCHEMA_REGISTRY_URL", url() + "/",
                "SCHEMA_REGISTRY_USERNAME", "reader",
                "SCHEMA_REGISTRY_PASSWORD", "s3cret");
    }

    void register(int id, String subject, int version, String schema) {
        register(id, subject, version, JSON.createObjectNode().put("schema", schema));
    }

    void register(int id, String subject, int version, ObjectNode schema) {
        schemas.put(id, schema);
        versions.put(subject + "/" + version, id);
        versions.put(subject + "/latest", id);
    }

    void away(boolean now) {
        away = now;
    }

    int questions() {
        return questions.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        var login = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        var expected = "Basic " + Base64.getEncoder().encodeToString(LOGIN.getBytes(StandardCharsets.UTF_8));
        if (away) {
            send(exchange, 503, JSON.createObjectNode().put("error_code", 50003));
        } else if (!login.equals(expected)) {
            send(exchange, 401, JSON.createObjectNode().put("error_code", 401).put("message", "Unauthorized"));
        } else {
            var found = found(exchange.getRequestURI().getPath());
            send(
                    exchange,
                    found.isPresent() ? 200 : 404,
                    found.orElseGet(() ->
                            JSON.createObjectNode().put("error_code", 40403).put("message", "Schema not found")));
        }
    }

    private Optional<ObjectNode> found(String path) {
        var parts = path.split("/");
        if (parts.length == 4 && parts[1].equals("schemas")) {
            return Optional.ofNullable(schemas.get(Integer.parseInt(parts[3])));
        }
        return Optional.ofNullable(versions.get(parts[2] + "/" + parts[4]))
                .map(id -> schemas.getOrDefault(id, JSON.createObjectNode())
                        .deepCopy()
                        .put("id", id)
                        .put("subject", parts[2]));
    }

    private static void send(HttpExchange exchange, int status, ObjectNode answer) throws IOException {
        var bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    /** Nobody listens any more. */
    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        stop();
    }
}
